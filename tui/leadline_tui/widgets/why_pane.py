"""Why a contact has its scores: a tree of what gave points, what took some away, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Self

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from leadline.points import write_change, write_points
from leadline_tui.messages import GoToRule, Told
from leadline_tui.safe import picture
from leadline_tui.styles import part_style

if TYPE_CHECKING:
    from leadline.reports import Twig
    from leadline_tui.session.session import Reasons

_POINTS = 6
_OPEN = frozenset({"Points", "Taken away", "Not there yet", "Out"})
_UNWRITTEN = Text("", end="")
"""What stands in place of all labels: only those that are painted are written."""
_TOGGLES = Style.from_meta({"toggle": True})
"""A click on it opens and closes."""
_NAMED = frozenset({"fired", "sum", "field", "happened"})
Path = tuple[str, ...]


class WhyPane(Tree["Twig"]):
    """Enter goes to the rule of a line, or begins to change a field; what is opened stays open while scores change."""

    HELP = "why"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "open", "Open", show=False, id="why.open"),
        Binding("left,h", "shut", "Close", show=False, id="why.close"),
        Binding("j", "cursor_down", "Down", show=False, id="why.down"),
        Binding("k", "cursor_up", "Up", show=False, id="why.up"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"why--up", "why--down", "why--quiet", "why--heading", "why--name"}
    DEFAULT_CSS = """
    WhyPane {
        background: $surface; color: $foreground; padding: 0; height: 1fr;
        scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0;
        .why--up { color: $text-success; }
        .why--down { color: $text-error; }
        .why--quiet { color: $text-muted; }
        .why--heading { text-style: bold; }
        .why--name { text-style: bold; }
    }
    """

    class ChangeBegun(Message):
        """A field or an event was chosen, of which something is to be supposed; `text` is how the change begins."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    _is_growing = False

    def __init__(self) -> None:
        super().__init__("", id="why", classes="pane")
        self.show_root = False
        self.show_guides = False
        self.guide_depth = 2
        self.auto_expand = False
        self._shown: tuple[Twig, ...] | None = None
        self._styles: dict[str, Style] = {}
        self._colours = ""

    def tell(self, reasons: Reasons | None, otherwise: str = "") -> None:
        """Shows why a contact has its scores, or why there is nothing to show."""
        twigs = reasons.twigs if reasons is not None else ()
        said = reasons.explanation.sentence if reasons is not None else otherwise
        self.border_title = Text(f"Why {picture(said)}", end="")
        colours = self.app.theme
        if twigs == self._shown and colours == self._colours:
            return
        self._colours = colours
        is_first = not self._shown
        opened = set(self._opened(self.root.children))
        marked = self._path(self.cursor_node) if self.cursor_node is not None else None
        self._shown = twigs
        self._styles.clear()
        self._is_growing = True
        self.clear()
        for twig in twigs:
            is_open = twig.name in _OPEN if is_first else (twig.name,) in opened
            self._grow(self.root, twig, opened, is_open)
        self._is_growing = False
        self.root.expand()
        self.refresh(layout=True)
        self.call_after_refresh(self._mark_again, marked)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        # A tree lays the screen out anew with every line that it gets.
        if self._is_growing:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _grow(self, parent: TreeNode[Twig], twig: Twig, opened: set[Path], is_open: bool) -> None:
        if not twig.twigs:
            parent.add_leaf(_UNWRITTEN, twig)
            return
        node = parent.add(_UNWRITTEN, twig, expand=is_open)
        for child in twig.twigs:
            self._grow(node, child, opened, (*self._path(node), child.name) in opened)

    def _opened(self, nodes: Iterable[TreeNode[Twig]]) -> Iterable[Path]:
        for node in nodes:
            if node.is_expanded and node.allow_expand:
                yield self._path(node)
                yield from self._opened(node.children)

    @staticmethod
    def _path(node: TreeNode[Twig]) -> Path:
        names: list[str] = []
        at: TreeNode[Twig] | None = node
        while at is not None and at.data is not None:
            names.insert(0, at.data.name)
            at = at.parent
        return tuple(names)

    def _mark_again(self, path: Path | None) -> None:
        """Marks the line that was marked before, else the first."""
        found = next((node for node in self._all(self.root) if self._path(node) == path), None) if path else None
        self.move_cursor(found if found is not None else next(iter(self.root.children), None))

    def _all(self, node: TreeNode[Twig]) -> Iterable[TreeNode[Twig]]:
        for child in node.children:
            yield child
            yield from self._all(child)

    # ---- labels

    def _label(self, twig: Twig) -> Text:
        if twig.kind == "heading":
            text = Text(twig.name, style=self._style("heading"), end="")
            text.append(f" {len(twig.twigs)}", self._style("quiet"))
            return text
        # Lines that can be opened have an arrow in front.
        text = Text("" if twig.twigs else "  ", end="", no_wrap=True)
        if twig.points is not None:
            text.append_text(self._points(twig))
        if twig.name:
            text.append(f"{picture(twig.name)} ", self._style("name" if twig.kind in _NAMED else "quiet"))
        text.append(f" {picture(twig.said)}" if twig.said else "", self._style("quiet"))
        return text

    def render_label(self, node: TreeNode[Twig], base_style: Style, style: Style) -> Text:
        label = Text("", end="", no_wrap=True)
        if node.allow_expand:
            label.append(self.ICON_NODE_EXPANDED if node.is_expanded else self.ICON_NODE, base_style + _TOGGLES)
        if node.data is not None:
            said = self._label(node.data)
            said.stylize(style)
            label.append_text(said)
        depth, at = 0, node.parent
        while at is not None and at is not self.root:
            depth, at = depth + 1, at.parent
        label.truncate(max(1, self.size.width - self.guide_depth * depth - 1), overflow="ellipsis")
        return label

    def get_label_width(self, node: TreeNode[Twig]) -> int:
        # Lines are cut where the pane ends: none makes it wider.
        return 1

    def _points(self, twig: Twig) -> Text:
        points = twig.points or 0
        if twig.kind == "sum":
            return Text(f"{write_points(points):>{_POINTS}}  ", end="")
        said = write_change(points) if twig.kind != "missed" else f"({write_change(points)})"
        style = "quiet" if twig.kind == "missed" or not points else "up" if points > 0 else "down"
        return Text(f"{said:>{_POINTS}}  ", style=self._style(style), end="")

    def _style(self, name: str) -> Style:
        # The tree forgets what it has worked out with every line that it gets.
        if name not in self._styles:
            self._styles[name] = part_style(self, f"why--{name}")
        return self._styles[name]

    # ---- keys

    def action_open(self) -> None:
        node = self.cursor_node
        if node is not None and node.allow_expand:
            if node.is_expanded and node.children:
                self.move_cursor(node.children[0])
            else:
                node.expand()

    def action_shut(self) -> None:
        node = self.cursor_node
        if node is None:
            return
        if node.is_expanded and node.allow_expand:
            node.collapse()
        elif node.parent is not None and node.parent is not self.root:
            self.move_cursor(node.parent)

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Twig]) -> None:
        event.stop()
        if self.has_focus:
            self._tell_marked()

    def on_focus(self) -> None:
        self._tell_marked()

    def _tell_marked(self) -> None:
        """All of the marked line, which may be longer than there is room for."""
        twig = self.cursor_node.data if self.cursor_node is not None else None
        if twig is not None:
            self.post_message(Told(f"{twig.name}: {twig.said}" if twig.name and twig.said else twig.said))

    def on_tree_node_selected(self, event: Tree.NodeSelected[Twig]) -> None:
        event.stop()
        twig = event.node.data
        if twig is None:
            return
        if twig.rule is not None or twig.line is not None:
            self.post_message(GoToRule(twig.rule, twig.line))
        elif twig.change:
            self.post_message(self.ChangeBegun(twig.change))
        elif event.node.allow_expand:
            event.node.toggle()
