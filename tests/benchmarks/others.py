"""The same tiles, numbers and edges drawn by other means, where they are installed."""

import importlib.util
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QGraphicsSimpleTextItem

from rnnstudio.diagram.scene import Scene
from rnnstudio.files.theme import load_theme
from rnnstudio.paint.colours import pack, value_colours
from tests.benchmarks import synthetic
from tests.benchmarks.frames import HEIGHT, WIDTH

Task = Callable[[int], None]


def installed(name: str) -> bool:
    """Whether a package can be imported."""
    return importlib.util.find_spec(name) is not None


def _colours(base: Scene) -> list[QColor]:
    return [QColor.fromRgba(int(c)) for c in pack(value_colours(load_theme("light"), base.tile_value))]


def graphics_view(marks: int) -> Task:
    """A QGraphicsScene with an item per mark, all moved in every frame."""
    base = synthetic.scene(synthetic.layout(marks, bare=True))
    room, colours = QGraphicsScene(), _colours(base)
    room.setSceneRect(0, 0, synthetic.WIDTH, synthetic.HEIGHT)
    room.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
    items: list[tuple[QGraphicsItem, float, float]] = []
    rect = base.layout.tiles.rect
    for (source, _, target), value in zip(base.layout.edges.ends.tolist(), base.edge_value.tolist(), strict=True):
        (x0, y0), (x1, y1) = rect[source, :2].tolist(), rect[target, :2].tolist()
        items.append((room.addLine(0, 0, x1 - x0, y1 - y0, QPen(QColor("#B97A00"), 1.5 + 6 * abs(value))), x0, y0))
    for (cx, cy, w, h), colour, text in zip(rect.tolist(), colours, base.tile_text, strict=True):
        tile = room.addRect(0, 0, w, h, QPen(QColor("#FBFAF7")), QBrush(colour))
        QGraphicsSimpleTextItem(text, tile).setPos(4, 6)
        items.append((tile, cx - w / 2, cy - h / 2))
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)

    def task(k: int) -> None:
        dx, dy = 5 * np.sin(k), 5 * np.cos(1.7 * k)
        for item, x, y in items:
            item.setPos(float(x + dx), float(y + dy))
        image.fill(0xFFFBFAF7)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            room.render(painter, QRectF(0, 0, WIDTH, 942), QRectF(0, 0, synthetic.WIDTH, synthetic.HEIGHT))

    return task


def pyqtgraph_graph(marks: int) -> Task:
    """A pyqtgraph GraphItem with the same nodes and edges, without the numbers."""
    import pyqtgraph

    base = synthetic.scene(synthetic.layout(marks, bare=True))
    widget = pyqtgraph.PlotWidget(background="w")
    widget.resize(WIDTH, 942)
    graph = pyqtgraph.GraphItem()
    widget.addItem(graph)
    rect, brushes = base.layout.tiles.rect, [QBrush(c) for c in _colours(base)]
    adjacency = base.layout.edges.ends[:, [0, 2]]
    image = QImage(WIDTH, 942, QImage.Format.Format_RGB32)

    def task(k: int) -> None:
        at = rect[:, :2] + [5 * np.sin(k), 5 * np.cos(1.7 * k)]
        graph.setData(pos=at, adj=adjacency, size=28, symbol="s", symbolBrush=brushes, pen=QPen(QColor("#B97A00"), 1),
                      antialias=True)  # fmt: skip
        with QPainter(image) as painter:
            widget.render(painter)

    return task


def matplotlib_collections(marks: int) -> Task:
    """Matplotlib (Agg) with collections that are updated, and a text for each number."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.collections import LineCollection, PolyCollection
    from matplotlib.figure import Figure

    base = synthetic.scene(synthetic.layout(marks, bare=True))
    figure = Figure(figsize=(19.2, 9.42), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, synthetic.WIDTH)
    axes.set_ylim(synthetic.HEIGHT, 0)
    rect = base.layout.tiles.rect
    square = rect[:, None, 2:] / 2 * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])[None]
    boxes = PolyCollection([], facecolors=value_colours(load_theme("light"), base.tile_value) / 255)
    lines = LineCollection([], colors="#B97A00", linewidths=1.5 + 6 * np.abs(base.edge_value))
    axes.add_collection(lines)
    axes.add_collection(boxes)
    texts = [axes.text(0, 0, text, fontsize=10, ha="center", va="center") for text in base.tile_text]

    def task(k: int) -> None:
        at = rect[:, :2] + [5 * np.sin(k), 5 * np.cos(1.7 * k)]
        boxes.set_verts(at[:, None] + square)
        lines.set_segments(at[base.layout.edges.ends[:, [0, 2]]])
        for text, (x, y) in zip(texts, at.tolist(), strict=True):
            text.set_position((x, y))
        canvas.draw()

    return task
