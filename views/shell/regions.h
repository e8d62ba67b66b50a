// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QWidget;

namespace fd {

/// Gives the keyboard to the next of `regions` (F6), or to the one before; hidden ones and nulls are passed over.
void focusNextRegion(QList<QWidget *> regions, bool forward);

} // namespace fd
