"""Formats that are not read in this version: each refusal carries the line of Python that converts the file."""

from __future__ import annotations

from pathlib import Path

from rnnstudio.engine.limits import InputError

_TORCH = (
    "import torch, safetensors.torch as s; m = torch.load('{file}', weights_only=True); "
    "s.save_file({{k: v.contiguous().clone() for k, v in m.items()}}, '{stem}.safetensors')"
)
_ORDER = "f = lambda a: np.concatenate([np.split(a, len(o))[k] for k in o]); "
_ONNX = (
    "import numpy as np, onnx, onnx.numpy_helper as h; g = onnx.load('{file}').graph; "
    "t = {{i.name: h.to_array(i) for i in g.initializer}}; "
    "n = next(n for n in g.node if n.op_type in ('RNN', 'LSTM', 'GRU')); "
    "o = {{'RNN': [0], 'LSTM': [0, 2, 3, 1], 'GRU': [1, 0, 2]}}[n.op_type]; "
    + _ORDER
    + "w, u, b = (t[k][0] for k in n.input[1:4]); bw, bu = np.split(b, 2); "
    "np.savez('{stem}.npz', weight_ih_l0=f(w), weight_hh_l0=f(u), bias_ih_l0=f(bw), bias_hh_l0=f(bu))"
)
_KERAS = (
    "import numpy as np, keras; m = keras.models.load_model('{file}'); "
    "l = next(l for l in m.layers if type(l).__name__ in ('SimpleRNN', 'LSTM', 'GRU')); w, u, b = l.get_weights(); "
    "o = {{'SimpleRNN': [0], 'LSTM': [0, 1, 2, 3], 'GRU': [1, 0, 2]}}[type(l).__name__]; "
    + _ORDER
    + "b = np.atleast_2d(b); b = b if len(b) == 2 else np.stack([b[0], 0 * b[0]]); "
    "np.savez('{stem}.npz', weight_ih_l0=f(w.T), weight_hh_l0=f(u.T), bias_ih_l0=f(b[0]), bias_hh_l0=f(b[1]))"
)
_CONVERTERS = {
    ".pt": ("PyTorch's pickles are", _TORCH, "state dictionary"),
    ".pth": ("PyTorch's pickles are", _TORCH, "state dictionary"),
    ".onnx": ("ONNX is", _ONNX, "model of one recurrent layer; of GRUs those with linear_before_reset = 1"),
    ".keras": ("Keras files are", _KERAS, "model with a recurrent layer; of GRUs those with reset_after"),
    ".h5": ("HDF5 is", _KERAS, "Keras model with a recurrent layer; of GRUs those with reset_after"),
}
#: Endings that are refused with a way out.
ENDINGS = tuple(_CONVERTERS)


def conversion(path: str | Path) -> str:
    """The Python statements that convert a file of one of `ENDINGS` to one that is read."""
    path = Path(path)
    return _CONVERTERS[path.suffix.lower()][1].format(file=path.name, stem=path.stem)


def refused(path: str | Path) -> InputError:
    """The exception for a file of one of `ENDINGS`."""
    what, _, model = _CONVERTERS[Path(path).suffix.lower()]
    return InputError(
        f'{path}: {what} not read in this version; convert it (a {model}) with: python -c "{conversion(path)}"'
    )
