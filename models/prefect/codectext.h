// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace fd {

/// `CodecText::tr` marks and translates the sentences of the codecs.
class CodecText
{
    Q_DECLARE_TR_FUNCTIONS(fd::CodecText)
};

} // namespace fd
