// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/state.h"

#include <QAbstractButton>
#include <QStringList>

class QHBoxLayout;

namespace fd {

class CountChip;

/// One filter: quiet label, bold value, ×. A click edits, × or Delete removes.
class FilterChip : public QAbstractButton
{
    Q_OBJECT
public:
    /// "Tag is not" and "sandbox".
    FilterChip(const QString &label, const QString &value, QWidget *parent = nullptr);

    void setFilter(const QString &label, const QString &value);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void editRequested();
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    [[nodiscard]] QRect crossRect() const;
    void setCrossHovered(bool hovered);

    QString m_label;
    QString m_value;
    bool m_crossHovered = false;
};

/// How many rows have a state.
struct StateCount {
    StateType type = StateType::Scheduled;
    QString name;
    qint64 count = 0;
};

/// Mark and count per state; each filters by it when pressed.
class CountChips : public QWidget
{
    Q_OBJECT
public:
    explicit CountChips(QWidget *parent = nullptr);

    /// Shows these, in this order; chips that stay keep their pressed state. Zero counts are left out unless pressed.
    void setCounts(const QList<StateCount> &counts);
    void setChecked(StateType type, const QString &name, bool checked);

signals:
    /// The user pressed or released one.
    void toggled(fd::StateType type, const QString &name, bool checked);

private:
    /// The chip of a state, made when there is none yet.
    CountChip *chip(StateType type, const QString &name);

    QHBoxLayout *m_layout;
    QList<CountChip *> m_chips;
};

/// Tags in a row: whole ones as far as they fit, then "+n".
class TagLabels : public QWidget
{
    Q_OBJECT
public:
    explicit TagLabels(QWidget *parent = nullptr);

    void setTags(const QStringList &tags);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QStringList m_tags;
};

} // namespace fd
