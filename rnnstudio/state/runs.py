"""The runs of a document: both computations with the weights of each sample, and what the samples make of these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, update_wrapper
from typing import Concatenate, ParamSpec, TypeVar, cast

import numpy as np

from rnnstudio.diagram.kept import Kept
from rnnstudio.diagram.versions import FROZEN, SAMPLE, SEQUENCE, changed, largest, largest_change
from rnnstudio.engine.network import Network
from rnnstudio.engine.trace import OneHot, Trace, run
from rnnstudio.engine.training import Learner
from rnnstudio.engine.versions import UpdatingRun
from rnnstudio.engine.what_if import AS_IT_IS, WhatIf, changed_network, changed_run
from rnnstudio.state.model import Document

Runs = tuple[Trace, Trace | None]
P = ParamSpec("P")
Made = TypeVar("Made")
OfDocument = Callable[Concatenate[Document, P], Made]


def mode(document: Document) -> str:
    """When the weights are updated: as the document says, and never where there is nothing to learn from.

    After every sample they are where each has a target, and where no layer goes through the samples backwards.
    """
    sequence = document.sequence
    if sequence.targets is None:
        return FROZEN
    forward = all(layer.direction == "forward" for layer in document.network.layers)
    each = forward and not sequence.at_last and document.settings.at == "every"
    return FROZEN if document.mode == SAMPLE and not each else document.mode


def entered(document: Document) -> np.ndarray | OneHot:
    """What enters the network: the numbers, or the words as the ones that they stand for."""
    sequence = document.sequence
    if sequence.x is not None:
        return sequence.x
    return OneHot(cast("np.ndarray", sequence.tokens), len(sequence.vocabulary))


#: The last studies whose values differ.
_COMPUTED: Kept[Document] = Kept(8)


@lru_cache(maxsize=16)
def computed(document: Document) -> Document:
    """The first of the studies shown lately that has all its values in common with this one.

    The two may differ in what no value of the picture follows from: their name, and settings that are not in force.
    """
    way, settings = mode(document), document.settings
    in_force = None if way == FROZEN else replace(settings, update_every="sequence", updates=1)
    return _COMPUTED.get(
        (document.network, document.sequence, document.first), lambda: document, (way, in_force)
    )


def of_values(most: int) -> Callable[[OfDocument[P, Made]], OfDocument[P, Made]]:
    """Keep the last results of a function of a study's values: it is asked again only where these are others."""

    def keeping(make: OfDocument[P, Made]) -> OfDocument[P, Made]:
        kept = lru_cache(maxsize=most)(make)

        def of_computed(document: Document, /, *more: P.args, **named: P.kwargs) -> Made:
            return kept(computed(document), *more, **named)  # type: ignore[arg-type]

        update_wrapper(of_computed, make)
        of_computed.cache_clear = kept.cache_clear  # type: ignore[attr-defined]
        return of_computed

    return keeping


@of_values(4)
def traces(document: Document) -> Runs:
    """Both computations of the study: with the cell, and with its traditional layer (None where it has none).

    Where the weights are updated after every sample, each computation learns for itself.
    """
    has_layer = document.network.layers[document.network.chosen].layer_program is not None
    return _ran(document, stateless=False), _ran(document, stateless=True) if has_layer else None


#: The last runs with updates, of the two computations: an edit of sample t leaves what comes before it as it was,
#: and one of a weight the arrays.
_UPDATING: Kept[UpdatingRun] = Kept(2)


def _ran(document: Document, stateless: bool) -> Trace:
    if mode(document) == SAMPLE:
        return _ran_updating(document, stateless)
    return run(document.network, entered(document), _first(document, stateless), stateless=stateless)


def _ran_updating(document: Document, stateless: bool) -> Trace:
    sequence, settings = document.sequence, replace(document.settings, update_every=1)
    x, targets = entered(document), sequence.targets
    assert targets is not None
    network, first, made = document.network, _first(document, stateless), list[UpdatingRun]()

    def anew() -> UpdatingRun:
        made.append(UpdatingRun(network, x, targets, settings, first, stateless))
        return made[0]

    like = (network.structure, settings, stateless, type(x), x.shape, targets.shape, targets.dtype)
    found = _UPDATING.get((), anew, like)
    return found.trace if made else found.again(network, x, targets, first)


def _first(document: Document, stateless: bool) -> dict[int, dict[str, np.ndarray]]:
    """First states of the sequence shown; where the chosen layer runs without a state, of the others."""
    shown, without = document.sequence.shown, document.network.chosen if stateless else -1
    return {
        k: {name: value if value.ndim == 1 else value[shown] for name, value in states.items()}
        for k, states in document.first.items()
        if k != without
    }


@of_values(4)
def afterwards(document: Document) -> tuple[Network | None, Network | None]:
    """The networks after one update that follows the whole sequence, of both computations; None where none is made."""
    if mode(document) != SEQUENCE:
        return None, None
    has_layer = document.network.layers[document.network.chosen].layer_program is not None
    return _updated(document, stateless=False), _updated(document, stateless=True) if has_layer else None


def _updated(document: Document, stateless: bool) -> Network:
    settings = replace(document.settings, update_every="sequence")
    first, targets = _first(document, stateless), document.sequence.targets
    assert targets is not None
    if settings.at == "last" and not document.sequence.at_last:
        targets = targets[-1]
    learner = Learner(document.network, entered(document), targets, settings, first, stateless=stateless)
    learner.update()
    return learner.network()


@of_values(8)
def changes(document: Document, of_layer: bool) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """For each sample whether it changes weights: of the chosen layer, and of that or a layer below it."""
    trace, after = side(document, of_layer)
    k = document.network.chosen
    own = changed(trace, after, range(k, k + 1))
    if own and all(own):
        return own, own  # the layers below can add nothing
    return own, changed(trace, after, range(k + 1))


def side(document: Document, of_layer: bool, what_if: WhatIf = AS_IT_IS) -> tuple[Trace, Network | None]:
    """One of the two computations, with the network after it; as it is, or with something changed in it."""
    of_cell, layer = traces(document)
    after_cell, after_layer = afterwards(document)
    found, after = (layer, after_layer) if of_layer and layer is not None else (of_cell, after_cell)
    if not what_if.on:
        return found, after
    return _changed(found, what_if), after if after is None else changed_network(after, what_if)


@lru_cache(maxsize=4)
def _changed(plain: Trace, what_if: WhatIf) -> Trace:
    return changed_run(plain, what_if)


@lru_cache(maxsize=8)
def directed(shown: Trace, way: str) -> Trace:
    """The run with the pass of the chosen layer that is shown, where it makes two; the one not shown beside it."""
    run = shown.layer(shown.chosen)
    if way != "reverse" or run.reverse is None:
        return shown
    other = replace(run.reverse, reverse=run)
    return replace(shown, layers=(*shown.layers[: shown.chosen], other, *shown.layers[shown.chosen + 1 :]))


@of_values(8)
def vmax(document: Document) -> float:
    """max|w| over all parameters of the study in all their versions: the range of the weights' colours."""
    return max(largest(*side(document, of_layer)) for of_layer in (False, True)) or 1.0


@of_values(8)
def change_range(document: Document, of_layer: bool) -> float:
    """max|ΔW_t| over all samples: the range of the colours of changes."""
    return largest_change(*side(document, of_layer))
