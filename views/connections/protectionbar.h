// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/workspacebook.h"

#include <QWidget>

namespace fd {

class SegmentBar;
class TextLabel;

/// None, Production, Read-only, with a sentence of what the choice means.
class ProtectionBar : public QWidget
{
    Q_OBJECT
public:
    explicit ProtectionBar(QWidget *parent = nullptr);

    [[nodiscard]] Protection current() const;
    void setCurrent(Protection protection);

signals:
    /// The user chose another one.
    void chosen(fd::Protection protection);

private:
    void explain();

    SegmentBar *m_segments;
    TextLabel *m_meaning;
};

} // namespace fd
