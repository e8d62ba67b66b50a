// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;

namespace fd {

/// The eight workspace colours as a group of radio buttons; each has its name for those who do not see it.
class ColourPicker : public QWidget
{
    Q_OBJECT
public:
    explicit ColourPicker(QWidget *parent = nullptr);

    [[nodiscard]] int current() const;
    void setCurrent(int colour);

signals:
    /// The user chose another colour.
    void chosen(int colour);

private:
    QButtonGroup *m_group;
};

} // namespace fd
