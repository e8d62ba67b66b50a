"""Arguments of a call as a dictionary by parameter name, and back."""

import inspect
from typing import Any, Callable, Dict, List, Tuple

from flowdeck_bridge.annotations import parameters_of

from .exceptions import ParameterBindError, ParameterTypeError

VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def bind(function: Callable, arguments: Tuple[Any, ...], named: Dict[str, Any]) -> Dict[str, Any]:
    """Parameters of a call in Python, defaults included."""
    try:
        bound = inspect.signature(function).bind(*arguments, **named)
    except TypeError as problem:
        name = getattr(function, "__name__", str(function))
        raise ParameterBindError(f"Error binding parameters for function '{name}': {problem}.") from None
    bound.apply_defaults()
    return dict(bound.arguments)


def bind_request(function: Callable, given: Dict[str, Any]) -> Dict[str, Any]:
    """Parameters of a run request, defaults included; names every parameter that is wrong."""
    signature = inspect.signature(function).parameters
    catch_all = next((p.name for p in signature.values() if p.kind is p.VAR_KEYWORD), None)
    parameters: Dict[str, Any] = {}
    problems: List[str] = []
    for name, parameter in signature.items():
        if name in given:
            parameters[name] = given[name]
        elif parameter.kind in VARIADIC:
            parameters[name] = () if parameter.kind is parameter.VAR_POSITIONAL else {}
        elif parameter.default is parameter.empty:
            problems.append(f"{name}: Missing required argument")
        else:
            parameters[name] = parameter.default
    for name in given:
        if name in signature:
            continue
        if catch_all is None:
            problems.append(f"{name}: Unexpected keyword argument")
        else:
            parameters[catch_all] = {**parameters[catch_all], name: given[name]}
    if problems:
        raise invalid_parameters(problems)
    return parameters


def validated(function: Callable, parameters: Dict[str, Any]) -> Dict[str, Any]:
    """The parameters as the annotations want them."""
    checked: Dict[str, Any] = {}
    problems: List[str] = []
    for parameter in parameters_of(function):
        value = parameters[parameter.name]
        if parameter.variadic or value is parameter.default:
            checked[parameter.name] = value  # a default need not match its annotation
            continue
        from flowdeck_bridge.coercion import Misfit, coerce

        try:
            checked[parameter.name] = coerce(value, parameter.annotation)
        except Misfit as misfit:
            problems.append(f"{misfit.inside(parameter.name).path}: {misfit.problem}")
    if problems:
        raise invalid_parameters(problems)
    return checked


def invalid_parameters(problems: List[str]) -> ParameterTypeError:
    """Prefect's words for parameters that do not fit."""
    return ParameterTypeError("Flow run received invalid parameters:\n - " + "\n - ".join(problems))


def call_arguments(function: Callable, parameters: Dict[str, Any]) -> Tuple[List[Any], Dict[str, Any]]:
    """Positional and named arguments for a call."""
    arguments: List[Any] = []
    named: Dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        value = parameters[name]
        if parameter.kind is parameter.VAR_POSITIONAL:
            arguments.extend(value)
        elif parameter.kind is parameter.VAR_KEYWORD:
            named.update(value)
        elif parameter.kind is parameter.KEYWORD_ONLY:
            named[name] = value
        else:
            arguments.append(value)
    return arguments, named
