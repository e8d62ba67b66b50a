// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/schedule/vectorlines.h"

#include <QFile>

namespace fd::test {

QString vectorPath(const QString &name)
{
    const QString folder = qEnvironmentVariable("FLOWDECK_VECTORS", QStringLiteral(FLOWDECK_TEST_DATA));
    return folder + QLatin1Char('/') + name;
}

std::vector<Json> vectorLines(const QString &name)
{
    std::vector<Json> lines;
    QFile file(vectorPath(name));
    if (!file.open(QIODevice::ReadOnly))
        return lines;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().trimmed();
        if (!line.isEmpty())
            lines.push_back(Json::parse(line.begin(), line.end()));
    }
    return lines;
}

} // namespace fd::test
