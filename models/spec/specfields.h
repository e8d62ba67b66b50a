// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/spec/deploymentspec.h"
#include "models/spec/yamlvalue.h"

#include <QDir>
#include <QList>

#include <initializer_list>

namespace fd {

/// Gathers the problems of one file; of errors and of warnings the first thousand each.
class SpecProblems
{
public:
    explicit SpecProblems(const QString &path) : m_path(path) { }

    void error(const YamlNode &place, const QString &field, const QString &detail);
    void warning(const YamlNode &place, const QString &field, const QString &detail);
    /// An error that has its own place already.
    void error(Error error, const QString &field = {});

    /// All of them by line and column.
    [[nodiscard]] QList<SpecProblem> sorted() const;

private:
    void add(SpecProblem::Severity severity, Error error);

    QString m_path;
    QList<SpecProblem> m_errors;
    QList<SpecProblem> m_warnings;
};

/// What every reader of a field needs.
struct SpecContext {
    QDir folder;
    SpecProblems &problems;
};

/// Tells about keys of `map` that are not `known`, with the nearest known one; Prefect ignores them or refuses them.
void checkKeys(const YamlNode &map, const QString &field, std::initializer_list<QLatin1String> known,
    SpecProblem::Severity severity, SpecProblems &problems);

/// The value of `map`'s key; null when the key is absent or its value is null.
[[nodiscard]] const YamlNode *valueOf(const YamlNode &map, std::string_view key);

/// Text of a value as Pydantic 1 makes `str` of it: numbers and booleans too, in Python's spelling; nothing for others.
[[nodiscard]] std::optional<QString> coercedText(const YamlNode &node);
/// A boolean as Pydantic 1 reads it: "yes", "off", 0, 1 … too; nothing for others.
[[nodiscard]] std::optional<bool> coercedBool(const YamlNode &node);

/// "a list", "text" …: what a node is, for sentences.
[[nodiscard]] QString describe(const YamlNode &node);
[[nodiscard]] QString keyText(const YamlNode &key);
/// At most 80 characters of a text from the file, for sentences and field paths.
[[nodiscard]] QString shortened(const QString &text);
/// The path of a field inside another.
[[nodiscard]] QString joined(const QString &field, const QString &key);

} // namespace fd
