// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace fd {

/// An entry of the rail: icon, title, and a quiet count at the right. Folded it is the icon alone.
class NavButton : public QAbstractButton
{
    Q_OBJECT
public:
    NavButton(const QString &iconName, const QString &title, QWidget *parent = nullptr);

    void setCount(const QString &count);
    [[nodiscard]] const QString &count() const { return m_count; }
    void setFolded(bool folded);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void describe();

    QString m_iconName;
    QString m_count;
    bool m_folded = false;
};

} // namespace fd
