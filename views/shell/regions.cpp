// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/regions.h"

#include <QApplication>
#include <QWidget>

#include <algorithm>

namespace fd {
namespace {

/// The first widget in `region` that takes the keyboard.
QWidget *firstFocus(QWidget *region)
{
    if (QWidget *proxy = region->focusProxy(); proxy != nullptr && proxy->isVisible())
        return proxy;
    for (QWidget *child = region->nextInFocusChain(); child != region; child = child->nextInFocusChain()) {
        const bool takes = child->isVisible() && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus) != 0;
        if (takes && region->isAncestorOf(child))
            return child;
    }
    return nullptr;
}

} // namespace

void focusNextRegion(QList<QWidget *> regions, bool forward)
{
    regions.removeIf([](const QWidget *region) { return region == nullptr || !region->isVisible(); });
    const auto at = std::find_if(regions.cbegin(), regions.cend(), [](const QWidget *region) {
        const QWidget *focus = QApplication::focusWidget();
        return focus != nullptr && (region == focus || region->isAncestorOf(focus));
    });
    qsizetype index = at == regions.cend() ? -1 : at - regions.cbegin();
    for (qsizetype tried = 0; tried < regions.size(); ++tried) {
        index = (index + (forward ? 1 : regions.size() - 1)) % regions.size();
        if (QWidget *target = firstFocus(regions.at(index))) {
            target->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return;
        }
    }
}

} // namespace fd
