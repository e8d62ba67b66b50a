// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/state.h"

#include <QList>
#include <QStringList>

namespace fd {

/// What a search text says: words to find, and the filters that were typed as words.
struct SearchWords {
    /// What is left to search for.
    QString text;
    /// From `tag:x` and `tag:"two words"`.
    QStringList tags;
    /// From `state:failed`; unknown states stay in `text`.
    QList<StateType> states;
};

/// Takes `tag:` and `state:` words out of a search text.
[[nodiscard]] SearchWords readSearch(const QString &text);

} // namespace fd
