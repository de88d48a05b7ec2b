"""What people write by nature, and what the language says for it: tables of data.

An entry is the right form, an arrow, and the wordings that mean it, between semicolons. A capital stands for
what is taken over: N and M for numbers, U for a unit of time, W for a word, T for a text, D and E
for dates. An entry is proposed
only where the statement can be read further with it.
"""

from __future__ import annotations

CONDITIONS = """
is none of ← is not one of; is not any of; isn't one of; is not among; is neither; is neither of; is not in; not in
is one of ← is any of; is either of; is either; is among; is any; are one of; was one of; one of; is in; in
is not in ← not in; isn't in; is not on; is not part of; not in list; is not in list; is not in the list
is in ← in; is on; is part of; is inside; is in the list; is in list; in list; in the list; is on the list
is known ← = not null; != null; <> null; is not = null; is not ''; != ''; <> ''; != ""; <> ""; is not missing; is
    not empty; is not blank; is not null; is not nil; is not none; is not unknown; is not unset; is not undefined;
    is set; is present; is filled; is filled in; is given; is defined; is provided; is available; exists; has value;
    has a value; isn't missing; isn't empty; isn't blank; isn't null; is not NULL
is missing ← = null; == null; = none; = nil; is ''; = ''; == ''; = ""; == ""; is null or empty; is not known; is not
    set; is not present; is not filled; is not filled in; is not given; is not defined; is not provided; is not
    available; is not there; is empty; is blank; is null; is NULL; is nil; is none; is None; is nothing; is unknown;
    is unset; is undefined; is absent; does not exist; doesn't exist; isn't known; isn't set
is yes ← is true; is True; is TRUE; is checked; is ticked
is no ← is false; is False; is FALSE; is unchecked; is unticked
is not yes ← is not true; isn't true
is not no ← is not false; isn't false
is not ← isn't; ≠; isnt; ain't; !=; <>; ! =; < >; is !=; does not equal; does not equals; doesn't equal; not equals;
    not equal; not equal to; is not equal to; is not equal; isn't equal to; is different from; is other than;
    differs from; does not is; doesn't is; not is; wasn't; was not; aren't; are not; is not the same as
is ← :; =; ==; ==; = =; == =; is =; is ==; equals; equal; equal to; equals to; is equal to; is equals to; is equal; is
    exactly; is the same as; is same as; was; are
>= ← =>; > =; = >; is >=; is greater than or equal to; is greater or equal to; greater than or equal to; is more
    than or equal to; is equal to or greater than; is at least; at least; is no less than; is not less than; no less
    than; not less than; is not below; is not under; is minimum; is on or after; on or after; since; is since
<= ← =<; < =; = <; is <=; is less than or equal to; is less or equal to; less than or equal to; is at most; at most;
    is no more than; is not more than; no more than; not more than; is not above; is not over; is not greater than;
    is up to; up to; is maximum; is on or before; on or before; until; is until
> ← is >; is greater than; is more than; is over; is above; is bigger than; is larger than; is higher than; exceeds;
    is greater then; is more then; more than; greater than; bigger than; larger than; higher than; over; above;
    greater then; more then; is after; after; is later than; later than
< ← is <; is less than; is fewer than; is under; is below; is smaller than; is lower than; less than; fewer than;
    smaller than; lower than; under; below; is less then; less then; is before; before; is earlier than; earlier
    than
between ← is between; is in between; in between; is within; is from; ranges from
between N and M ← N - M; between N to M; between N - M; between N, M; is N to M; is from N to M; is between N to M;
    is N - M; from N to M; is between N - M; in N to M; in N - M; N to M; in range N to M; in range N - M
between D and E ← is between D and E; between D to E; is between D to E; is D to E; is from D to E; from D to E; from D
    until E; D to E; in D to E; is D - E; D - E; between D - E
W between N and M ← N <= W <= M; N <= W and <= M
W > N and W < M ← N < W < M
W between M and N ← N >= W >= M
> N ← more than N; is more than N
>= N ← N or more; N +; N or above; is N or more; is N or above; is N or greater; is N or higher; is N +
does not contain ← not contains; not contain; doesn't contain; doesn't contains; does not contains; don't contain;
    do not contain; not containing; is not containing; is not like; not like; excludes
contains any of ← contains one of; contain one of; contains either of; contains either; contains any; contain any of
contains ← has; contain; containing; is containing; contains text; contains the text; contains the word; like; is like
does not start with ← not starts with; not start with; does not starts with; does not begin with; does not begins
    with; doesn't start with; doesn't starts with; doesn't begin with
starts with any of ← starts with one of; starts with any; starts with either of; begins with any of; begins with one
    of
starts with ← start with; starts; begins with; begin with; begins; starting with; is starting with; beginning with
does not end with ← not ends with; not end with; does not ends with; does not end in; doesn't end with; doesn't ends
    with
ends with any of ← ends with one of; ends with any; ends with either of; ends in one of
ends with ← end with; ends; ends in; end in; ending with; is ending with; ending in; ends on; finishes with
does not include ← not includes; not include; does not includes; doesn't include; doesn't includes; not including
includes any of ← includes one of; includes any; include any of; include one of; includes either of; includes some
    of
includes all of ← includes all; include all of; includes every of; includes each of; includes both of; includes both
includes ← include; including; has item
matches ← match; matches regex; matches the regex; matches pattern; matches the pattern; matches regexp; regex; =~;
    ~; matching; is matching
and ← &&; &; as well as; plus; and also; and if; and when; and where; but; also; and and
or ← ||; |; or else; or if; or when; or where; or or
and not ← but not; except; except when; except if; nor
and no ← but no
not ← !
no ← has no; has not; has not any; hasn't; have no; did not; didn't; has never; never; there is no; no any; without
has W ← at least one W; one or more W; at least 1 W; has at least one W; has one or more W
has ← have; had; has a; has an; has any; has done; there is; there is a; there is an; has at least one; has the;
    did; visited
when ← if; whenever; where; provided; provided that; only if; only when; in case; given; given that; as soon as;
    when if; when :; when ,; then; :; =; =>; and; on
any event ← any events; any activity; event; events; all events; every event
has any event ← has any events; has any activity; has some event; has some activity
no event ← no events; no activity; not any event; no any event
"""

AMOUNTS = """
count of W in the last M U >= N ← W >= N times in the last M U; at least N W in the last M U; has at least N W in
    the last M U; W at least N times in the last M U; N or more W in the last M U; has N or more W in the last M U;
    W N or more times in the last M U; W N times in the last M U
count of W in the last M U > N ← W > N times in the last M U; more than N W in the last M U; has more than N W in
    the last M U; W more than N times in the last M U
count of W >= N ← W >= N times; at least N W; has at least N W; W at least N times; N or more W; has N or more W; W
    N or more times; W N times; at least N times W
count of W > N ← W > N times; more than N W; has more than N W; W more than N times; over N W
count of W < N ← fewer than N W; has fewer than N W; less than N W; has less than N W; W less than N times; W fewer
    than N times
days since last W >= N ← last W more than N days ago; last W is more than N days ago; last W was more than N days ago;
    last W over N days ago; last W at least N days ago
days since last W > N ← last W > N days ago; last W > N days
days since last W < N ← last W < N days ago; last W < N days; last W less than N days ago; last W is less than N days
    ago; last W was less than N days ago
has W in the last N U ← last W in the last N U; last W within N U; last W is in the last N U; last W was in the last N U
domain of W ← W domain; W . domain
number of different W of ← number of W of; count of W of
count of ← number of; counts of; how many; amount of; the count of; the number of; count for; count all; count
count of W ← count ( W ); count of ( W ); number ( W ); W count
count of any event ← count of events; count of all events; number of events; number of all events
days since last ← days since the last; days since most recent; days since the most recent; days since latest; days
    since; days after last; days from last; time since last; days since previous; days passed since last
days since first ← days since the first; days since earliest; days since the earliest
days since ← days after; days from; age of; days passed since; number of days since; day since; time since; days of
days until ← days to; days till; days before; day until; days up to; number of days until
domain of ← domain; the domain of; email domain of; domain from; domain in
grade of ← grade; the grade of; grade for; grade in
sum of ← total of; sum; the sum of
sum of W of ← sum W of; total W of; sum of W for; sum of W in; sum of W from; sum of W on
number of different ← number of distinct; number of unique; count of different; count of distinct; count of unique;
    count distinct; distinct; unique; different; number of the different; number different
highest ← highest of; maximum of; max of; max; maximum; largest; biggest; the highest; greatest
lowest ← lowest of; minimum of; min of; min; minimum; smallest; the lowest
average ← average of; avg; avg of; mean; mean of; the average; the average of
latest ← latest of; most recent; newest; the latest
earliest ← earliest of; oldest; the earliest
of ← for; in; from; on
"""

OCCURRENCES = """
where ← when; with; whose; having; if; that has; which has; for which; that; which; in which
in the last 1 U ← since last U; since the last U; in the last U; in last U; last U; past U; within the last U; in
    the past U; within a U; in a U; this U; in this U; within the past U; during the last U; over the last U; in
    past U; the last U; in the last one U
in the last 1 day ← today; in the last day; since yesterday
in the last 3 months ← in the last quarter; last quarter; in last quarter; in the past quarter; the last quarter
in the last N U ← less than N U ago; fewer than N U ago; within N U; not more than N U ago; no more than N U ago;
    since N U; since N U ago; newer than N U; younger than N U; in N U; under N U ago; in the N U; up to N U ago; at
    most N U ago; last N U; for N U
more than N U ago ← N U ago; older than N U; over N U ago; at least N U ago; before N U; before N U ago; more than N
    U; longer than N U ago; longer ago than N U; earlier than N U ago; greater than N U ago; more then N U ago; N or
    more U ago
in the last ← in last; within the last; within last; in the past; in past; within the past; within past; over the
    last; over the past; during the last; during the past; for the last; for the past; from the last; of the last;
    the last; last; past; the past; in the previous; in previous; previous; within; during; over last; during last;
    for last; in the recent; inside the last
since ← after; from; starting; starting from; as of; since the; later than; on or after
before ← until; till; up to; prior to; earlier than; before the
any event ← any events; any event of; events; all events; every event; an event; any activity; activity; event
"""

LIMITS = """
for each any event ← for any event; for any events; for all events; for every event; for any activity; for event; for
    events; each event; for an event; for each of the events
for each ← for every; each; per; every; for all; for any; for; when each; on each; for each of; for an; for a;
    foreach; for every single; for each single; for each and every; on every
for every ← for each; every; per; each
at most 1 time per ← at most once per; at most once a; at most once each; at most once every; at most once for each;
    once per; once a; once each; once every; max once per; max once a; maximum once per; maximum once a; only once
    per; only once a; not more than once per; no more than once per; no more than once a; one time per; at most one
    per; at most one time per; at most one time a; max one per
at most 1 time per day ← at most once daily; once daily; daily; max once daily; per day; only once daily
at most 1 time ← at most once; once; max once; maximum once; only once; just once; one time; at most one time; at
    most one; no more than once; not more than once
at most 2 times per ← at most twice per; at most twice a; at most twice each; twice per; twice a; max twice per; max
    twice a; maximum twice per; no more than twice per; no more than twice a
at most 2 times ← at most twice; twice; max twice; maximum twice; no more than twice; only twice
at most 3 times per ← at most thrice per; at most thrice a; thrice a; thrice per
at most 3 times ← at most thrice; thrice
at most N times per ← at most N per; at most N a; at most N each; at most N times a; at most N times each; at most N
    times every; at most N times for each; at most N for each; max N per; max N a; maximum N per; max N times per;
    max N times a; maximum N times per; maximum N times a; no more than N times per; no more than N times a; not
    more than N times per; only N times per; N times per; N times a; N per; N a; up to N times per; up to N times a;
    up to N per; limit N per; limited to N per; limited to N times per
at most N times per day ← at most N times daily; at most N daily; max N daily; max N times daily; N times daily
at most N times ← max N times; maximum N times; max N; maximum N; no more than N times; not more than N times; up to
    N times; only N times; N times; at most N; at most N x; at most N events; limit N times; limited to N times;
    limited to N; maximum of N times; max of N times
up to N points ← at most N points; at most N points in total; at most N pts; at most N in total; max N points; max N
    pts; maximum N points; maximum of N points; max of N points; no more than N points; not more than N points;
    limited to N points; up to N pts; up to N in total; up to N; up to + N points; up to + N; cap N points; cap N;
    cap of N points; cap at N points; cap at N; capped at N points; capped at N; with a cap of N points; with a
    maximum of N points; to a maximum of N points; up to a maximum of N points; up to max N points
after the first N ← after first N; after N times; after N; after the first N times; after first N times; except the
    first N; skipping the first N; not counting the first N; ignoring the first N; after the N first
after the first 1 ← after the first; after first; after the first one; except the first; after once
per ← each; every; a; an; by; for each; for every
per day ← daily; per calendar day; per date; per 1 day
halving every ← halving each; halves every; halves each; halved every; half every; halve every; halving after;
    halving over; halving per; halving in; halving; half-life of; half-life; half life of; half life; with
    half-life; with a half-life of; with a half life of; decaying by half every
N% of what is left every 30 days ← N % each month; N % every month; N % a month; N % per month; N % monthly; N % of
    what is left each month; N % of what is left a month; N % of what is left per month; N % of what is left monthly
N% of what is left every 7 days ← N % each week; N % every week; N % a week; N % per week; N % weekly; N % of what
    is left each week; N % of what is left a week; N % of what is left per week; N % of what is left weekly
N% of what is left every 1 day ← N % each day; N % every day; N % a day; N % per day; N % daily; N % of what is left
    each day; N % of what is left a day; N % of what is left per day; N % of what is left daily
N% of what is left every ← N % every; N % each; N % per; N % after; N % over; N % in; N % of the rest every; N % of
    the remainder every; N % of the remaining every; N % of what remains every; N % of what is left each; N % of
    what is left per; N % of what's left every; N % of the remaining points every
N% of the original every ← N % of original every; N % of the original each; N % of the original value every; N % of
    the original points every; N % of the start every; N % of the initial every
N% ← N percent; N per cent; N pct; by N %; N
losing ← lose; loses; decaying; decaying by; decays; decays by; decay; dropping; dropping by; drops; drops by;
    losing by; shrinking; shrinking by; reducing by; decreasing; decreasing by; reduced by
every 1 day ← every day; each day; daily; per day; a day
every 7 days ← every week; each week; weekly; per week; a week
every 30 days ← every month; each month; monthly; per month; a month
every ← each; per; after; all
fading to 0 over ← fading over; fading out over; fading away over; fading linearly over; fading to zero over; fading
    to nothing over; fading to 0 in; fading to 0 within; fading to 0 after; fading in; fading within; fading after;
    fading out in; fading; fades over; fades to 0 over; fades out over; fade over; fade to 0 over
without any event ← without event; without events; without any events; without activity; without any activity;
    without an event; of inactivity; of silence; with no event; with no events; if inactive; when inactive
without ← with no; if no; when no; since; since last; since the last; of no
because ← reason; reason :; because :; comment; comment :; note; note :; due to; why
owner ← owner :; owner is; owner =; owned by
review by ← review; review on; review before; review at; review :; review by :; review until; reviewed by
"""

BOUNDS = """
at most N ← max N; maximum N; max. N; max : N; max = N; max of N; maximum of N; up to N; up to N points; to N; no
    more than N; not more than N; capped at N; capped to N; cap at N; cap N; cap : N; with a cap of N; limit N;
    limited to N; at most N points; max N points; maximum N points; at most : N; <= N; =< N; ≤ N; is at most N
at least N ← min N; minimum N; min. N; min : N; min of N; minimum of N; no less than N; not less than N; >= N; => N;
    ≥ N; at least N points; is at least N; from N
between N and M ← from N to M; N to M; N - M; N .. M; N . . M; N – M; N — M; between N to M; between N - M; between
    N – M; between N, M; between N & M; between N and M points; from N - M; from N to M points; in N to M; of N to
    M; range N to M; range N - M; : N to M; : N - M; = N to M; ( N to M ); ( N - M ); [ N , M ]; ranges from N to M;
    ranging from N to M; is between N and M; at least N and at most M; at least N , at most M; at least N at most M;
    min N max M; min N , max M
"""

ROWS = """
below N, N ← N or less; N or fewer; N or below; N or under; N or lower; N or smaller; N and less; N and below; N and
    under; N and lower; up to N; at most N; no more than N; not more than N; maximum N; max N; <= N; =< N; ≤ N; less
    than or equal to N; N at most
below N ← under N; less than N; fewer than N; lower than N; smaller than N; less then N; < N; is below N; is under N
above N ← over N; more than N; greater than N; higher than N; larger than N; bigger than N; more then N; > N; is
    above N
N or more ← >= N; => N; ≥ N; at least N; no less than N; not less than N; minimum N; min N; N +; N plus; N and more;
    N and above; N and over; N and up; N and higher; N or above; N or over; N or up; N or higher; N or greater; N or
    larger; N upwards; from N; from N on; from N up; from N upwards; greater than or equal to N; N at least
N to M ← N - M; N – M; N — M; N .. M; N . . M; N . . . M; N … M; N ~ M; N : M; N and M; N through M; N thru M; N
    until M; N till M; N up to M; from N to M; from N - M; from N until M; from N through M; from N up to M; between
    N and M; between N to M; between N - M; is between N and M
missing ← is missing; null; NULL; None; none; nil; empty; blank; unknown; nothing; not known; no value; is unknown;
    is empty; is blank; is null; unset; not set; not given; not available; undefined; is not known
otherwise ← for otherwise; for anything else; for everything else; for all else; for else; else; default; for
    default; by default; for all others; for all other; for others; for other; for the others; for any other; for
    any other value; for all other values; for other values; for the rest; for rest; for all the rest; in all other
    cases; in other cases; for everything; for anything; for all; if nothing else; for everyone else; for anyone
    else
+N otherwise ← otherwise N; else N; default N; otherwise + N; else + N; default + N; otherwise : N; otherwise : + N;
    otherwise = N; else : N; else : + N; N otherwise; N else
-N otherwise ← otherwise - N; else - N; default - N; otherwise : - N; else : - N
yes ← true; True; TRUE; is yes; is true
no ← false; False; FALSE; is no; is false
for ← if; when; is; where; in case of; at; with; in; :; =; by; for in; for each; for one of; for any of; for either;
    for : ; for values; for is; for all of; of
, ← and; or; / ; |; &; , or; , and; as well as; plus
"""

GRADE_ROWS = """
T from N ← T N; T >= N; T => N; T > N; T at N; T above N; T over N; T is N; T = N; T - N; T : N; T , N; T for N; T
    when N; T if N; T at least N; T with N; T starting at N; T starts at N; T starting from N; T from : N; T : from
    N; T from >= N; T N or more; T N +; T N and above; T N and up; T N points; T from N points; T from N up; T from
    N or more; T from N +; T from N to M; T from N - M; T N to M; T N - M; T between N and M; T : N - M; T : N to M;
    T = N - M; T for N to M; T for N or more; T for N +; T : N +; T : >= N; T when >= N; T if >= N; T when W >= N; T
    if W >= N; T when W > N; T W >= N; T when total >= N; from N T; N T; N = T; N : T; N for T; N is T; T minimum N;
    T min N; T above : N; T to N
T otherwise ← T else; T rest; T default; T others; T below; T for the rest; T for others; T for all others; T for
    rest; T for anything else; T for everything else; T everything else; T by default; T is default; T for
    otherwise; T : otherwise; T = otherwise; T - otherwise; T , otherwise; T : else; T = else; T from otherwise; T
    for else; T when otherwise; T from below; T below N; T under N; T < N; T : < N; T less than N; T for below N; T
    if below N; T when < N; T when W < N; T W < N; T N or less; T or less; T up to N; T <= N; T at most N; T
    otherwise N; otherwise T; else T; otherwise : T; else : T
"""

TOTALS = """
+ ← and; plus; ,; &
- ← minus
* ← times; of
= ← is; :; ==; equals; as; = =; is the sum of; = sum of; = the sum of; = sum; of; from
"""

POINTS = """
by ← for; of; on; from; in; per; based on; depending on; according to; with; when; if; : ; =; is
"""

DATA = """
identified by W ← W; id W; : W; = W; ( W )
identified by ← by; identified; identified with; identified by the; identified as; identify by; with id; with key;
    key; keyed by; with; using; identified by :; id
= ← is; :; as; ==; = =; are; equals; means; when; if; = when; = if; is one of; = one of; = any of; is any of;
    contains
from ← in; of; as; file; from file; = from; = file; from the file; = in; in file; from :
, ← and; or; /; |; &; , and; , or
, time zone ← time zone; timezone; , timezone; , zone; zone; in time zone; with time zone; and time zone; in; , in;
    , tz; tz; , time zone :; , time zone =; , timezone :; , timezone =; time-zone; , time-zone; , time zone is; ,
with ← has; having; where; including; of; with properties; with the; with property; with :; containing; properties;
    -; ->
"""
