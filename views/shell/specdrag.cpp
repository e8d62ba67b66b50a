// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/specdrag.h"

#include <QMimeData>
#include <QUrl>

namespace fd {

QString draggedSpec(const QMimeData *data)
{
    for (const QUrl &url : data->urls()) {
        const QString path = url.toLocalFile();
        if (path.endsWith(QLatin1String(".yaml"), Qt::CaseInsensitive)
            || path.endsWith(QLatin1String(".yml"), Qt::CaseInsensitive))
            return path;
    }
    return {};
}

} // namespace fd
