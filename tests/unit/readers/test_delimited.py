"""Contacts from CSV and TSV."""

from __future__ import annotations

import pytest

from leadline.readers import BAD_ROW, BAD_VALUE, DataError
from unit.readers.conftest import Reader

HEADER = "Record ID,email,job_role,Number of Employees,decision_maker,interests,signed_up\n"


def test_a_row_becomes_a_contact_with_typed_values(read: Reader) -> None:
    found = read({"c.csv": HEADER + "7, a@b.example ,ceo,12.5,Yes,crm; email;,1970-01-02\n"})
    assert found["7"].values == {
        "record_id": "7",
        "email": "a@b.example",
        "job_role": "ceo",
        "employees": 12_500_000,
        "decision_maker": True,
        "interests": ("crm", "email"),
        "signed_up": 86_400_000_000,
    }
    assert found.report.is_clean


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_found(read: Reader, mark: str) -> None:
    found = read({"c.csv": f'Record ID{mark}email\n1{mark}"x{mark}y"\n'})
    assert found["1"].values["email"] == f"x{mark}y"


def test_a_tsv_file_is_separated_by_tabs_even_where_commas_are_more(read: Reader) -> None:
    found = read({"c.tsv": "Record ID\temail\ta,b,c,d\n1\tx,y\t\n"})
    assert found["1"].values["email"] == "x,y"


def test_the_delimiter_that_excel_declares_is_used(read: Reader) -> None:
    found = read({"c.csv": "sep=;\nRecord ID;email\n1;x\n;y\n"})
    assert found["1"].values["email"] == "x"
    assert found.said() == [(BAD_ROW, 4)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_marked_utf_16_are_read(read: Reader, encoding: str) -> None:
    found = read({"c.csv": "Record ID,email\n1,日本é\n".encode(encoding)})
    assert found["1"].values["email"] == "日本é"


def test_another_encoding_is_an_error_with_its_line(read: Reader) -> None:
    with pytest.raises(DataError, match="not valid UTF-8") as caught:
        read({"c.csv": "Record ID,email\n1,a\n2,é\n".encode("latin-1")})
    assert caught.value.line == 3


def test_a_bad_value_is_missing_and_told_with_line_column_and_raw_text(read: Reader) -> None:
    found = read({"c.csv": HEADER + "1,,,forty,,,\n2,,Emperor,,perhaps,,someday\n"})
    assert found["1"].values == {"record_id": "1"}
    assert found["2"].values == {"record_id": "2"}
    told = [(problem.line, problem.column, problem.raw, problem.contact) for problem in found.problems]
    assert told == [
        (2, "Number of Employees", "forty", "1"),
        (3, "job_role", "Emperor", "2"),
        (3, "decision_maker", "perhaps", "2"),
        (3, "signed_up", "someday", "2"),
    ]
    assert '"forty" is not a number' in found.problems[0].message
    assert found.report.bad_values == 4


def test_too_many_cells_are_a_bad_row_and_too_few_are_missing_values(read: Reader) -> None:
    found = read({"c.csv": "Record ID,email\n1,x,y\n2\n3,z,\n"})
    assert [contact.id for contact in found.contacts] == ["2", "3"]
    assert found.said() == [(BAD_ROW, 2)]


def test_a_second_contact_with_the_same_id_is_a_bad_row(read: Reader) -> None:
    found = read({"c.csv": "Record ID,email\n1,first\n1 ,second\n2,x\n1,third\n"})
    assert [contact.values["email"] for contact in found.contacts] == ["first", "x"]
    assert found.said() == [(BAD_ROW, 3), (BAD_ROW, 5)]
    assert found.problems[0].raw == '{"Record ID": "1 ", "email": "second"}'


def test_a_contact_without_id_is_a_bad_row_and_an_empty_line_is_no_row(read: Reader) -> None:
    found = read({"c.csv": "Record ID,email\n,x\n\n,\n1,y\n"})
    assert [contact.id for contact in found.contacts] == ["1"]
    assert found.said() == [(BAD_ROW, 2)]


def test_ids_are_compared_exactly_and_whole_numbers_lose_their_point_zero(read: Reader) -> None:
    found = read({"c.csv": "Record ID\n007\n7.0\nA\na\n7.50\n"})
    assert [contact.id for contact in found.contacts] == ["007", "7", "A", "a", "7.50"]


def test_lines_are_counted_through_cells_of_several_lines(read: Reader) -> None:
    found = read({"c.csv": 'Record ID,email\n1,"a\nb\nc"\n,x\n'})
    assert found["1"].values["email"] == "a\nb\nc"
    assert found.said() == [(BAD_ROW, 5)]


def test_a_row_with_broken_quotes_is_a_bad_row_and_the_next_one_is_read(read: Reader) -> None:
    found = read({"c.csv": 'Record ID,email\n1,"a"b\n2,c\n'})
    assert [contact.id for contact in found.contacts] == ["2"]
    assert found.said() == [(BAD_ROW, 2)]


def test_a_quote_that_never_closes_is_an_error_and_swallows_nothing(read: Reader) -> None:
    with pytest.raises(DataError, match="never closed") as caught:
        read({"c.csv": 'Record ID,email\n1,a\n2,"b\n3,c\n'})
    assert caught.value.line == 3


def test_cells_of_more_than_128_kib_are_read(read: Reader) -> None:
    found = read({"c.csv": f"Record ID,email\n1,{'x' * 300_000}\n"})
    assert len(str(found["1"].values["email"])) == 300_000


@pytest.mark.parametrize(("cells", "items"), [(["a|b", "c"], ("a", "b")), (["a|b", "c;d"], ("a|b",))])
def test_a_bar_separates_a_list_only_where_the_column_has_no_semicolon(
    read: Reader, cells: list[str], items: tuple[str, ...]
) -> None:
    found = read({"c.csv": "Record ID,interests\n" + "".join(f"{n},{cell}\n" for n, cell in enumerate(cells))})
    assert found["0"].values["interests"] == items


def test_only_the_first_twenty_problems_are_kept_but_all_are_counted_and_told(read: Reader) -> None:
    found = read({"c.csv": "Record ID,decision_maker\n" + "".join(f"{n},perhaps\n" for n in range(50))})
    assert found.report.bad_values == len(found.problems) == 50
    assert found.report.problems == found.problems[:20]
    assert {problem.name for problem in found.problems} == {BAD_VALUE}


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_an_error(read: Reader, content: str) -> None:
    with pytest.raises(DataError, match="empty"):
        read({"c.csv": content})


def test_a_file_without_the_identifying_column_is_an_error_that_lists_the_columns(read: Reader) -> None:
    with pytest.raises(DataError, match=r'no column "Record ID".*email, phone'):
        read({"c.csv": "email,phone\na,b\n"})
