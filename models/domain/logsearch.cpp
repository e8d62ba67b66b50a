// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/logsearch.h"

namespace fd {
namespace {

constexpr QRegularExpression::PatternOptions kOptions
    = QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption;

} // namespace

QString LogSearch::problem() const
{
    if (!isPattern || isEmpty())
        return {};
    const QRegularExpression pattern(text, kOptions);
    return pattern.isValid() ? QString() : pattern.errorString();
}

QRegularExpression LogSearch::expression() const
{
    if (isEmpty() || !problem().isEmpty())
        return QRegularExpression(QStringLiteral("(*FAIL)"));
    // PCRE2 gives a match up after that many steps.
    const QString limit = QStringLiteral("(*LIMIT_MATCH=20000)");
    QRegularExpression found(limit + (isPattern ? text : QRegularExpression::escape(text)), kOptions);
    found.optimize();
    return found;
}

} // namespace fd
