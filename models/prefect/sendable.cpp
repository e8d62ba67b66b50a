// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/prefect/codec.h"
#include "models/prefect/codectext.h"
#include "models/prefect/jsonscan.h"

namespace fd {
namespace {

constexpr int kDeepest = 250;

QString sentence(const JsonFault &fault)
{
    switch (fault.kind) {
    case JsonFault::Kind::NotFinite:
        return CodecText::tr("NaN and Infinity cannot be sent: the server would store null instead.");
    case JsonFault::Kind::Depth:
        return CodecText::tr("Values nested deeper than %1 levels cannot be sent: lists on the server would fail.")
            .arg(kDeepest);
    case JsonFault::Kind::LoneSurrogate:
        return CodecText::tr(
            "The text holds half a character (a lone surrogate) and cannot be sent: lists on the server "
            "would fail. Remove it.");
    case JsonFault::Kind::NotUtf8:
        return CodecText::tr("The text is not UTF-8 and cannot be sent.");
    case JsonFault::Kind::IntegerRange:
        return CodecText::tr(
            "The integer does not fit into 64 bits and cannot be sent: lists on the server would fail. "
            "Write it as a text.");
    case JsonFault::Kind::Syntax:
        break;
    }
    return CodecText::tr("This is not JSON (at byte %1).").arg(fault.offset);
}

} // namespace

Result<void> Codec::checkSendable(const QByteArray &json)
{
    const auto fault = scanJson({json.data(), static_cast<size_t>(json.size())},
        {.maxDepth = kDeepest, .checkUtf8 = true, .checkIntegers = true})
                           .fault;
    if (!fault)
        return {};
    return fail({.kind = ErrorKind::Validation, .detail = sentence(*fault), .field = fault->path, .file = {}});
}

} // namespace fd
