// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/error.h"

namespace fd {

QString toText(const Error &error)
{
    QString place = error.file;
    if (error.line > 0)
        place += QStringLiteral(":%1").arg(error.line);
    if (error.line > 0 && error.column > 0)
        place += QStringLiteral(":%1").arg(error.column);
    QString text = place.isEmpty() ? error.detail : place + QStringLiteral(": ") + error.detail;
    if (!error.field.isEmpty())
        text += QStringLiteral(" (%1)").arg(error.field);
    return text;
}

} // namespace fd
