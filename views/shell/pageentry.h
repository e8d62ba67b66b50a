// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/destination.h"

#include <QList>
#include <QString>

#include <functional>

namespace fd {

class Page;

/// How the shell offers a page. It is made when it is first gone to.
struct PageEntry {
    /// The page's own id, title and icon; wanted before it is made.
    QString id;
    QString title;
    QString iconName;
    /// Which destinations it shows.
    QList<Destination::Kind> kinds;
    /// Whether rail and View menu name it.
    bool inRail = true;
    std::function<Page *()> make;
};

} // namespace fd
