// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "views/common/theme.h"

#include <QList>
#include <QString>

#include <functional>

namespace fd {

/// Something that can be done about a message: "Undo", "Open".
struct MessageAction {
    QString text;
    std::function<void()> run;
};

/// What a page tells the user after something happened. Plain text, at most two actions.
struct Message {
    Notice notice = Notice::Done;
    QString title;
    QString detail;
    QList<MessageAction> actions;
    /// When it was shown; set by the message bar.
    Instant shownAt;
};

} // namespace fd

Q_DECLARE_METATYPE(fd::Message)
