"""The published network in PyTorch, with the weights of its graph, ready to answer."""

import pathlib
import sys

import onnx
import torch
import torch._inductor.config
from onnx import numpy_helper
from torch import nn

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "pytorch"))
from dcnn import Dcnn  # noqa: E402


def load(path: str) -> tuple[nn.Module, dict]:
    """Each convolution with its batch norm folded in, as the graph has it; and the graph's notes."""
    model = onnx.load(path)
    constants = [torch.from_numpy(numpy_helper.to_array(each).copy()) for each in model.graph.initializer]
    network = Dcnn(classes=len(constants[-1])).eval().requires_grad_(False)
    for layer, weight, bias in zip(in_order(network), constants[::2], constants[1::2], strict=True):
        layer.weight = nn.Parameter(weight, requires_grad=False)
        layer.bias = nn.Parameter(bias, requires_grad=False)
    for each in [module for module in network.modules() if isinstance(module, nn.Sequential)]:
        for at in reversed(range(len(each))):
            if isinstance(each[at], (nn.BatchNorm2d, nn.Dropout)):
                del each[at]
    return network.to(memory_format=torch.channels_last), {each.key: each.value for each in model.metadata_props}


def compiled(network: nn.Module) -> nn.Module:
    """By Inductor, its weights laid out beforehand."""
    torch._inductor.config.freezing = True
    return torch.compile(network)


def in_order(network: nn.Module) -> list[nn.Module]:
    """Layers with weights in the order in which they compute, which is that of the graph."""
    order: list[nn.Module] = []
    hooks = [
        module.register_forward_hook(lambda layer, *_: order.append(layer))
        for module in network.modules()
        if isinstance(module, (nn.Conv2d, nn.Linear))
    ]
    with torch.inference_mode():
        network(torch.zeros(1, 3, 128, 128))
    for hook in hooks:
        hook.remove()
    return order
