// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spec/specfields.h"

#include "models/spec/spectext.h"

#include <algorithm>
#include <numeric>

namespace fd {
namespace {

constexpr qsizetype kMostProblems = 1000;

/// Levenshtein distance: how many letters to add, drop or change.
int distance(const QString &a, const QString &b)
{
    std::vector<int> row(static_cast<size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = row[0];
        row[0] = static_cast<int>(i) + 1;
        for (size_t j = 1; j < row.size(); ++j) {
            const int change = diagonal + (a[i] == b[static_cast<qsizetype>(j) - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
        }
    }
    return row.back();
}

QString nearest(const QString &key, std::initializer_list<QLatin1String> known)
{
    const QString folded = key.toLower().replace(QLatin1Char('-'), QLatin1Char('_'));
    QString best;
    int bestDistance = 3;
    for (const QLatin1String candidate : known) {
        const int steps = key.size() > 40 ? bestDistance : distance(folded, candidate);
        if (steps < bestDistance && steps < candidate.size()) {
            bestDistance = steps;
            best = candidate;
        }
    }
    return best;
}

} // namespace

void SpecProblems::add(SpecProblem::Severity severity, Error error)
{
    QList<SpecProblem> &problems = severity == SpecProblem::Severity::Error ? m_errors : m_warnings;
    if (problems.size() < kMostProblems)
        problems.append({severity, std::move(error)});
}

void SpecProblems::error(Error error, const QString &field)
{
    error.file = m_path;
    error.field = field;
    add(SpecProblem::Severity::Error, std::move(error));
}

void SpecProblems::error(const YamlNode &place, const QString &field, const QString &detail)
{
    add(SpecProblem::Severity::Error, {ErrorKind::Validation, detail, field, m_path, place.line, place.column});
}

void SpecProblems::warning(const YamlNode &place, const QString &field, const QString &detail)
{
    add(SpecProblem::Severity::Warning, {ErrorKind::Validation, detail, field, m_path, place.line, place.column});
}

QList<SpecProblem> SpecProblems::sorted() const
{
    QList<SpecProblem> problems = m_errors + m_warnings;
    std::stable_sort(problems.begin(), problems.end(), [](const SpecProblem &a, const SpecProblem &b) {
        return std::pair(a.error.line, a.error.column) < std::pair(b.error.line, b.error.column);
    });
    return problems;
}

void checkKeys(const YamlNode &map, const QString &field, std::initializer_list<QLatin1String> known,
    SpecProblem::Severity severity, SpecProblems &problems)
{
    for (const YamlEntry &entry : map.entries) {
        const QString key = keyText(*entry.key);
        if (std::find(known.begin(), known.end(), key) != known.end())
            continue;
        const bool isError = severity == SpecProblem::Severity::Error;
        QString detail = isError ? Spec::tr("There is no setting \"%1\" here; remove it.").arg(shortened(key))
                                 : Spec::tr("Prefect ignores \"%1\" here; remove it.").arg(shortened(key));
        if (const QString guess = nearest(key, known); !guess.isEmpty()) {
            detail = isError
                ? Spec::tr("There is no setting \"%1\" here; did you mean \"%2\"?").arg(shortened(key), guess)
                : Spec::tr("Prefect ignores \"%1\" here; did you mean \"%2\"?").arg(shortened(key), guess);
        }
        if (isError)
            problems.error(*entry.key, joined(field, key), detail);
        else
            problems.warning(*entry.key, joined(field, key), detail);
    }
}

const YamlNode *valueOf(const YamlNode &map, std::string_view key)
{
    const YamlEntry *entry = map.find(key);
    return entry == nullptr || entry->value->type() == YamlType::Null ? nullptr : entry->value;
}

std::optional<QString> coercedText(const YamlNode &node)
{
    switch (node.type()) {
    case YamlType::Text:
    case YamlType::BigInt:
        return QString::fromStdString(node.value.text);
    case YamlType::Int:
        return QString::number(node.value.integer);
    case YamlType::Float:
        return QString::fromStdString(pythonFloat(node.value.real));
    case YamlType::Bool:
        return node.value.flag ? QStringLiteral("True") : QStringLiteral("False");
    case YamlType::Binary: {
        const QByteArray bytes = QByteArray::fromStdString(node.value.text);
        return bytes.isValidUtf8() ? std::optional(QString::fromUtf8(bytes)) : std::nullopt;
    }
    default:
        return std::nullopt;
    }
}

std::optional<bool> coercedBool(const YamlNode &node)
{
    static const QStringList yes{QStringLiteral("1"), QStringLiteral("on"), QStringLiteral("t"), QStringLiteral("true"),
        QStringLiteral("y"), QStringLiteral("yes")};
    static const QStringList no{QStringLiteral("0"), QStringLiteral("off"), QStringLiteral("f"),
        QStringLiteral("false"), QStringLiteral("n"), QStringLiteral("no")};
    if (node.type() == YamlType::Bool)
        return node.value.flag;
    if (node.type() != YamlType::Text && node.type() != YamlType::Int)
        return std::nullopt;
    const QString word = coercedText(node)->toLower();
    if (yes.contains(word))
        return true;
    return no.contains(word) ? std::optional(false) : std::nullopt;
}

QString describe(const YamlNode &node)
{
    switch (node.type()) {
    case YamlType::Null:
        return Spec::tr("nothing");
    case YamlType::Bool:
        return Spec::tr("a yes/no value");
    case YamlType::Int:
    case YamlType::BigInt:
    case YamlType::Float:
        return Spec::tr("a number");
    case YamlType::Date:
        return Spec::tr("a date");
    case YamlType::Timestamp:
        return Spec::tr("a time");
    case YamlType::Text:
        return Spec::tr("text");
    case YamlType::Binary:
        return Spec::tr("bytes");
    case YamlType::List:
    case YamlType::Pairs:
        return Spec::tr("a list");
    case YamlType::Map:
        return Spec::tr("a mapping");
    case YamlType::Set:
        return Spec::tr("a set");
    }
    Q_UNREACHABLE();
}

QString keyText(const YamlNode &key)
{
    if (key.type() == YamlType::Null)
        return QStringLiteral("null");
    return coercedText(key).value_or(QString::fromStdString(key.value.text));
}

QString shortened(const QString &text)
{
    constexpr qsizetype most = 80;
    return text.size() <= most ? text : text.left(most - 1) + QChar(0x2026);
}

QString joined(const QString &field, const QString &key)
{
    return field.isEmpty() ? shortened(key) : field + QLatin1Char('.') + shortened(key);
}

} // namespace fd
