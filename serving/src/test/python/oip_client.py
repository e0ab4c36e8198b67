#!/usr/bin/python3
"""A client of the Open Inference Protocol that shares no code with the server.

It makes its messages from the proto file, asks a running server over REST and gRPC for everything
that the protocol has, and holds the answers against the goldens of the model and against each
other. A line a check; the exit status is 0 only when all of them pass.

Needs Debian's python3-grpcio, python3-protobuf and protobuf-compiler, and so Debian's own Python:

    /usr/bin/python3 oip_client.py --rest http://127.0.0.1:8080 --grpc 127.0.0.1:8081
"""

import argparse
import base64
import importlib
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

ROOT = pathlib.Path(__file__).resolve().parents[4]
PROTO = ROOT / "open-inference/src/main/proto/open_inference_grpc.proto"
SERVICE = "inference.GRPCInferenceService"
NOTICE = "Research use only. Not a diagnosis."
RUNTIMES = ["pytorch", "onnx", "onnx-int8"]
OUTPUTS = ["probabilities", "label", "abstained", "set", "out_of_distribution"]
LENGTH = "Inference-Header-Content-Length"

# As much of the standard service as is asked for here.
REFLECTION = """
syntax = "proto3";
package grpc.reflection.v1;
service ServerReflection {
  rpc ServerReflectionInfo(stream ServerReflectionRequest) returns (stream ServerReflectionResponse);
}
message ServerReflectionRequest {
  oneof message_request {
    string file_containing_symbol = 4;
    string list_services = 7;
  }
}
message ServerReflectionResponse {
  oneof message_response {
    FileDescriptorResponse file_descriptor_response = 4;
    ListServiceResponse list_services_response = 6;
  }
}
message FileDescriptorResponse { repeated bytes file_descriptor_proto = 1; }
message ListServiceResponse { repeated ServiceResponse service = 1; }
message ServiceResponse { string name = 1; }
"""


def compiled(folder, proto):
    """The module that protoc makes of a proto file."""
    command = ["protoc", f"--python_out={folder}", f"-I{proto.parent}", str(proto)]
    subprocess.run(command, check=True)
    return importlib.import_module(proto.stem + "_pb2")


def message(descriptor):
    """The class of a message, in old and new releases of protobuf."""
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory().GetPrototype(descriptor)


class Stub:
    """A callable for each method of a service."""

    def __init__(self, channel, service):
        for method in service.methods:
            request, answer = message(method.input_type), message(method.output_type)
            streamed = method.containing_service.full_name.endswith("ServerReflection")
            kind = channel.stream_stream if streamed else channel.unary_unary
            call = kind(
                f"/{service.full_name}/{method.name}",
                request_serializer=request.SerializeToString,
                response_deserializer=answer.FromString,
            )
            setattr(self, method.name, call)


def expect(seen, expected, what):
    if seen != expected:
        raise AssertionError(f"{what}: {seen!r} (expected: {expected!r})")


def close(seen, expected, tolerance, what):
    expect(len(seen), len(expected), what + ", how many")
    for each, other in zip(seen, expected):
        if abs(each - other) > tolerance:
            raise AssertionError(f"{what}: {seen} (expected: {expected})")


def elements(raw):
    """What the binary form of BYTES holds."""
    found = []
    while raw:
        (size,) = struct.unpack_from("<I", raw)
        found.append(raw[4 : 4 + size])
        raw = raw[4 + size :]
    return found


class Goldens:
    """Drawn pictures, the tensors they are for the network, and what it says of them."""

    def __init__(self, folder):
        described = json.loads((folder / "golden.json").read_text())
        self.tolerance = described["tolerance"]
        cases = described["cases"]
        self.files = [(folder / case["picture"]).read_bytes() for case in cases]
        self.tensors = [(folder / case["tensor"]).read_bytes() for case in cases]
        self.probabilities = [case["probabilities"] for case in cases]

    def all(self):
        return [each for case in self.probabilities for each in case]

    def numbers(self, index):
        return list(struct.unpack(f"<{len(self.tensors[index]) // 4}f", self.tensors[index]))


class Rest:
    """The checks over REST, with nothing but the standard library."""

    def __init__(self, options, goldens):
        self.base, self.model, self.token = options.rest + "/v2", options.model, options.token
        self.goldens = goldens

    def ask(self, path, body=None, headers=()):
        request = urllib.request.Request(self.base + path, data=body, headers=dict(headers))
        if body is not None and not request.has_header("Content-type"):
            request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.headers, refusal.read()

    def json(self, path, body=None):
        status, headers, answer = self.ask(path, body and json.dumps(body).encode())
        expect(headers.get_content_type(), "application/json", path + ", content type")
        return status, json.loads(answer)

    def infer(self, request, version=""):
        status, answer = self.json(f"/models/{self.model}{version}/infer", request)
        expect(status, 200, f"status with {answer.get('error')}")
        return answer

    def images(self):
        data = [base64.b64encode(each).decode() for each in self.goldens.files]
        return {"name": "image", "datatype": "BYTES", "shape": [len(data)], "data": data}

    def shape(self):
        _, metadata = self.json(f"/models/{self.model}")
        return metadata["inputs"][1]["shape"][1:]

    def server_metadata(self):
        status, server = self.json("")
        expect(status, 200, "status")
        expect(server["name"], "medzoo", "name")
        expect("binary_tensor_data" in server["extensions"], True, "binary_tensor_data")

    def live_and_ready(self):
        expect(self.json("/health/live"), (200, {"live": True}), "live")
        expect(self.json("/health/ready"), (200, {"ready": True}), "ready")
        ready = {"name": self.model, "ready": True}
        expect(self.json(f"/models/{self.model}/ready"), (200, ready), "model ready")

    def model_metadata(self):
        status, model = self.json(f"/models/{self.model}")
        expect(status, 200, "status")
        expect([each["name"] for each in model["inputs"]], ["image", "tensor"], "inputs")
        expect([each["name"] for each in model["outputs"]], OUTPUTS, "outputs")
        version = model["versions"][0]
        status, same = self.json(f"/models/{self.model}/versions/{version}")
        expect((status, same), (200, model), "the same by its version")

    def infer_pictures(self):
        answer = self.infer({"id": "7", "inputs": [self.images()]})
        expect((answer["id"], answer["model_name"]), ("7", self.model), "id and name")
        expect(answer["parameters"]["notice"], NOTICE, "notice")
        expect(answer["parameters"]["runtime"] in RUNTIMES, True, "a runtime")
        probabilities = answer["outputs"][0]["data"]
        close(probabilities, self.goldens.all(), self.goldens.tolerance, "probabilities")
        return probabilities

    def infer_flat_and_nested(self):
        shape, numbers = self.shape(), self.goldens.numbers(0)
        channels, height, width = shape
        rows = [numbers[i : i + width] for i in range(0, len(numbers), width)]
        nested = [rows[i : i + height] for i in range(0, channels * height, height)]
        for data in (numbers, [nested]):
            tensor = {"name": "tensor", "datatype": "FP32", "shape": [1] + shape, "data": data}
            answer = self.infer({"inputs": [tensor], "outputs": [{"name": "probabilities"}]})
            expected = self.goldens.probabilities[0]
            seen = answer["outputs"][0]["data"]
            close(seen, expected, self.goldens.tolerance, "probabilities")

    def infer_binary(self):
        raw = b"".join(struct.pack("<I", len(each)) + each for each in self.goldens.files)
        header = {
            "parameters": {"binary_data_output": True},
            "inputs": [
                {
                    "name": "image",
                    "datatype": "BYTES",
                    "shape": [len(self.goldens.files)],
                    "parameters": {"binary_data_size": len(raw)},
                }
            ],
        }
        start = json.dumps(header).encode()
        headers = {LENGTH: str(len(start)), "Content-Type": "application/octet-stream"}
        path = f"/models/{self.model}/infer"
        status, answered, body = self.ask(path, start + raw, headers)
        expect(status, 200, f"status with {body[:200]}")
        expect(answered.get_content_type(), "application/octet-stream", "content type")
        length = int(answered[LENGTH])
        outputs, rest, found = json.loads(body[:length])["outputs"], body[length:], {}
        for output in outputs:
            size = output["parameters"]["binary_data_size"]
            found[output["name"]], rest = rest[:size], rest[size:]
        expect(rest, b"", "what is left")
        probabilities = struct.unpack(f"<{len(found['probabilities']) // 4}f", found["probabilities"])
        close(probabilities, self.goldens.all(), self.goldens.tolerance, "probabilities")
        expect(len(elements(found["label"])), len(self.goldens.files), "labels")

    def infer_by_version(self):
        _, model = self.json(f"/models/{self.model}")
        version = model["versions"][0]
        answer = self.infer({"inputs": [self.images()]}, "/versions/" + version)
        expect(answer["model_version"], version, "version")

    def refusals(self):
        path = f"/models/{self.model}/infer"
        picture = {"name": "image", "datatype": "BYTES", "shape": [1], "data": ["AAAA"]}
        for where, body, expected in (
            ("/models/none/infer", {"inputs": [self.images()]}, 404),
            ("/models/none", None, 404),
            (f"/models/{self.model}/versions/99.0.0/ready", None, 404),
            (path, {"inputs": [picture]}, 400),
            (path, {"inputs": []}, 400),
            (path, {"inputs": [dict(picture, datatype="UINT8")]}, 400),
            (path, {"inputs": [dict(picture, shape=[2])]}, 400),
            (path, {"inputs": [picture], "outputs": [{"name": "none"}]}, 400),
        ):
            status, answer = self.json(where, body)
            expect((status, list(answer)), (expected, ["error"]), f"{where} {answer}")


class Grpc:
    """The checks over gRPC."""

    def __init__(self, options, goldens, folder):
        self.model, self.goldens, self.pb = options.model, goldens, compiled(folder, PROTO)
        reflection = pathlib.Path(folder) / "reflection.proto"
        reflection.write_text(REFLECTION)
        self.reflection_pb = compiled(folder, reflection)
        self.channel = grpc.insecure_channel(options.grpc)
        self.stub = Stub(self.channel, self.pb.DESCRIPTOR.services_by_name[SERVICE.split(".")[1]])
        self.headers = [("authorization", "Bearer " + options.token)] if options.token else []

    def call(self, name, request, timeout=60):
        return getattr(self.stub, name)(request, timeout=timeout, metadata=self.headers)

    def code(self, name, request, timeout=60):
        try:
            self.call(name, request, timeout)
        except grpc.RpcError as refusal:
            return refusal.code()
        return grpc.StatusCode.OK

    def shape(self):
        request = self.pb.ModelMetadataRequest(name=self.model)
        return list(self.call("ModelMetadata", request).inputs[1].shape[1:])

    def request(self, name, datatype, shape, raw=(), **contents):
        request = self.pb.ModelInferRequest(model_name=self.model, raw_input_contents=raw)
        tensor = request.inputs.add(name=name, datatype=datatype, shape=shape)
        if contents:
            tensor.contents.CopyFrom(self.pb.InferTensorContents(**contents))
        return request

    def images(self):
        files = self.goldens.files
        return self.request("image", "BYTES", [len(files)], bytes_contents=files)

    def server_metadata(self):
        server = self.call("ServerMetadata", self.pb.ServerMetadataRequest())
        expect(server.name, "medzoo", "name")

    def live_and_ready(self):
        expect(self.call("ServerLive", self.pb.ServerLiveRequest()).live, True, "live")
        expect(self.call("ServerReady", self.pb.ServerReadyRequest()).ready, True, "ready")
        model = self.pb.ModelReadyRequest(name=self.model)
        expect(self.call("ModelReady", model).ready, True, "model ready")

    def model_metadata(self):
        request = self.pb.ModelMetadataRequest(name=self.model)
        model = self.call("ModelMetadata", request)
        expect([each.name for each in model.inputs], ["image", "tensor"], "inputs")
        expect([each.name for each in model.outputs], OUTPUTS, "outputs")
        labels = model.properties["labels"].split(",")
        expect(model.outputs[0].shape[1], len(labels), "labels")

    def infer_pictures(self):
        request = self.images()
        request.id = "7"
        answer = self.call("ModelInfer", request)
        expect((answer.id, answer.model_name), ("7", self.model), "id and name")
        expect(answer.parameters["notice"].string_param, NOTICE, "notice")
        expect(answer.parameters["runtime"].string_param in RUNTIMES, True, "a runtime")
        probabilities = list(answer.outputs[0].contents.fp32_contents)
        close(probabilities, self.goldens.all(), self.goldens.tolerance, "probabilities")
        return probabilities

    def infer_tensor(self):
        request = self.request(
            "tensor", "FP32", [1] + self.shape(), fp32_contents=self.goldens.numbers(0)
        )
        answer = self.call("ModelInfer", request)
        seen, expected = answer.outputs[0].contents.fp32_contents, self.goldens.probabilities[0]
        close(list(seen), expected, self.goldens.tolerance, "probabilities")

    def infer_raw(self):
        raw = self.goldens.tensors
        shape = [len(raw)] + self.shape()
        answer = self.call(
            "ModelInfer", self.request("tensor", "FP32", shape, raw=[b"".join(raw)])
        )
        first = answer.raw_output_contents[0]
        probabilities = struct.unpack(f"<{len(first) // 4}f", first)
        close(probabilities, self.goldens.all(), self.goldens.tolerance, "probabilities")
        expect(len(elements(answer.raw_output_contents[1])), len(raw), "labels")
        expect(any(each.HasField("contents") for each in answer.outputs), False, "typed contents")

    def refusals(self):
        bad, codes = self.request("image", "BYTES", [1], bytes_contents=[b"no"]), grpc.StatusCode
        unknown, older = self.images(), self.images()
        unknown.model_name = "none"
        older.model_version = "99.0.0"
        for request, expected in (
            (unknown, codes.NOT_FOUND),
            (older, codes.NOT_FOUND),
            (bad, codes.INVALID_ARGUMENT),
            (self.request("image", "UINT8", [1]), codes.INVALID_ARGUMENT),
            (self.request("image", "BYTES", [1], raw=[b"no"]), codes.INVALID_ARGUMENT),
            (self.pb.ModelInferRequest(model_name=self.model), codes.INVALID_ARGUMENT),
        ):
            expect(self.code("ModelInfer", request), expected, "status")
        expect(
            self.code("ModelReady", self.pb.ModelReadyRequest(name="none")),
            codes.NOT_FOUND,
            "status",
        )

    def deadline(self):
        late = self.code("ModelInfer", self.images(), timeout=0.0005)
        expect(late, grpc.StatusCode.DEADLINE_EXCEEDED, "status")

    def reflect(self, **asked):
        service = self.reflection_pb.DESCRIPTOR.services_by_name["ServerReflection"]
        stub = Stub(self.channel, service)
        request = self.reflection_pb.ServerReflectionRequest(**asked)
        return next(stub.ServerReflectionInfo(iter([request]), timeout=60))

    def reflection(self):
        services = self.reflect(list_services="").list_services_response.service
        names = {each.name for each in services}
        expect({SERVICE, "grpc.health.v1.Health"} - names, set(), "services that are missing")
        described = self.described(SERVICE)
        seen = {each.name: each for each in described.message_type}
        for name, expected in self.pb.DESCRIPTOR.message_types_by_name.items():
            numbers = {each.name: each.number for each in seen[name].field}
            expect(numbers, {each.name: each.number for each in expected.fields}, name)

    def described(self, symbol):
        """The file that the server says a symbol comes from."""
        answer = self.reflect(file_containing_symbol=symbol).file_descriptor_response
        files = [descriptor_pb2.FileDescriptorProto.FromString(each)
                 for each in answer.file_descriptor_proto]
        return files[0]

    def health(self):
        pool = descriptor_pool.DescriptorPool()
        pool.Add(self.described("grpc.health.v1.Health"))
        service = pool.FindServiceByName("grpc.health.v1.Health")
        request = message(service.methods_by_name["Check"].input_type)
        check = Stub(self.channel, service).Check
        for name in ("", SERVICE):
            expect(check(request(service=name), timeout=60).status, 1, "health of " + repr(name))
        try:
            check(request(service="none"), timeout=60)
            raise AssertionError("health of none: known (expected: NOT_FOUND)")
        except grpc.RpcError as refusal:
            expect(refusal.code(), grpc.StatusCode.NOT_FOUND, "health of none")


def stable(model):
    """The version that answers those who ask for none."""
    index = json.loads((ROOT / "model-store" / "index.json").read_text())
    return index["aliases"][model]["stable"]


def checks(options, folder):
    """Names and functions, in order."""
    goldens = Goldens(pathlib.Path(options.golden or ROOT / "model-store" / options.model / stable(options.model) / "golden"))
    rest, rpc = Rest(options, goldens), Grpc(options, goldens, folder)
    for name in ("server_metadata", "live_and_ready", "model_metadata", "infer_pictures",
                 "infer_flat_and_nested", "infer_binary", "infer_by_version", "refusals"):
        yield "rest " + name, getattr(rest, name)
    for name in ("server_metadata", "live_and_ready", "model_metadata", "infer_pictures",
                 "infer_tensor", "infer_raw", "refusals", "deadline", "reflection", "health"):
        yield "grpc " + name, getattr(rpc, name)
    yield "both say the same", lambda: close(
        rest.infer_pictures(), rpc.infer_pictures(), 1e-6, "probabilities")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rest", required=True, help="such as http://127.0.0.1:8080")
    parser.add_argument("--grpc", required=True, help="such as 127.0.0.1:8081")
    parser.add_argument("--model", default="pretrained-skin")
    parser.add_argument("--golden", help="the model's folder of goldens")
    parser.add_argument("--token", help="sent with every request")
    options = parser.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        sys.path.insert(0, folder)
        for name, check in checks(options, folder):
            try:
                check()
                passed += 1
                print(f"ok    {name}")
            except Exception as failure:  # one that is broken must not hide the others
                failed += 1
                print(f"FAIL  {name}: {type(failure).__name__}: {failure}")
    print(f"oip_client: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
