// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/destination.h"
#include "views/common/message.h"

#include <QWidget>

class QAction;

namespace fd {

/// The menus that pages put actions into.
enum class MenuId : quint8 { File, Edit, View, Deployment, Run, Tools };

/// One screen in the shell's frame. The shell owns it, shows one at a time, and asks it for its parts.
class Page : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// Names it in settings and tests: "deployments".
    [[nodiscard]] virtual QString id() const = 0;
    /// Its title in rail and window title.
    [[nodiscard]] virtual QString title() const = 0;
    /// Name of its icon in the icon theme.
    [[nodiscard]] virtual QString iconName() const = 0;

    /// Becomes the visible page, at `destination`. Reads nothing before the first call.
    virtual void activate(const Destination &destination) = 0;
    /// Another page takes over.
    virtual void deactivate() { }

    /// Its actions for a menu, in order; null separates. The page owns them.
    [[nodiscard]] virtual QList<QAction *> menuActions(MenuId) const { return {}; }
    /// What the status bar says about it: "1 selected · 38 of 1,284 deployments".
    [[nodiscard]] virtual QString statusText() const { return {}; }
    /// What stands right of Back and Forward: title, counts, search, icon buttons. The page owns it.
    [[nodiscard]] virtual QWidget *headerWidget() = 0;
    /// What the inspector dock shows; null when the page has none. The page owns it.
    [[nodiscard]] virtual QWidget *inspector() { return nullptr; }

signals:
    /// Asks the shell to go somewhere, in a second window when `newWindow`.
    void navigate(const fd::Destination &destination, bool newWindow);
    /// Asks the shell to tell the user something.
    void message(const fd::Message &message);
    /// statusText() is another now.
    void statusChanged();
    /// title() is another now.
    void titleChanged();
    /// Asks the shell to show or hide the inspector.
    void inspectorRequested(bool visible);
};

} // namespace fd
