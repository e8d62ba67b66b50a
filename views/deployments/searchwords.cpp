// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/searchwords.h"

#include <QRegularExpression>

namespace fd {

SearchWords readSearch(const QString &text)
{
    static const QRegularExpression typed(
        QStringLiteral("(?:^|(?<=\\s))(tag|state):(?:\"([^\"]*)\"|(\\S+))"), QRegularExpression::CaseInsensitiveOption);
    SearchWords words;
    QString rest;
    qsizetype from = 0;
    for (auto it = typed.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString value = match.captured(2).isEmpty() ? match.captured(3) : match.captured(2);
        bool taken = !value.isEmpty();
        if (match.captured(1).compare(QLatin1String("tag"), Qt::CaseInsensitive) == 0) {
            if (taken)
                words.tags += value;
        } else {
            const StateType type = stateTypeFromWire(value.toUpper());
            taken = type != StateType::Unknown;
            if (taken)
                words.states += type;
        }
        rest += text.mid(from, (taken ? match.capturedStart() : match.capturedEnd()) - from);
        from = match.capturedEnd();
    }
    rest += text.mid(from);
    words.text = words.tags.isEmpty() && words.states.isEmpty() ? text : rest.simplified();
    return words;
}

} // namespace fd
