// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/state.h"

#include <QTimer>
#include <QWidget>

namespace fd {

/// "Where the time went": one bar from due to done, work solid and waiting hatched, every state listed below.
/// Left and Right walk the states. A run that is not done grows each second.
class StateStrip : public QWidget
{
    Q_OBJECT
public:
    explicit StateStrip(Clock clock, QWidget *parent = nullptr);

    /// The states oldest first; they may start before the run was due.
    void setStates(const QList<State> &states);
    [[nodiscard]] int selected() const { return m_selected; }
    /// -1 selects none.
    void setSelected(int index);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    /// One piece of the bar, in microseconds from the first state on.
    struct Segment {
        qint64 start = 0;
        qint64 length = 0;
        bool work = false;
    };
    /// The pieces that `states` make at `now`; terminal states have no length.
    [[nodiscard]] static QList<Segment> segments(const QList<State> &states, Instant now);

    /// Widths for `lengths` that fill `width`: in proportion, but no length over zero below `least`.
    [[nodiscard]] static QList<double> barWidths(const QList<qint64> &lengths, double width, double least);

signals:
    /// The user chose a state; -1 when none.
    void stateSelected(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] QRect barRect() const;
    [[nodiscard]] QRect cellRect(int index) const;
    [[nodiscard]] int indexAt(QPoint position) const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString spokenText(int index) const;
    [[nodiscard]] int visibleCells() const;
    [[nodiscard]] int firstCell() const;
    [[nodiscard]] bool isOver() const;
    void refresh();
    void choose(int index);
    void updateTicking();
    void paintHead(QPainter &painter) const;
    void paintBar(QPainter &painter) const;
    void paintCell(QPainter &painter, int index) const;

    Clock m_clock;
    QTimer m_tick;
    QList<State> m_states;
    QList<Segment> m_segments;
    /// The place of each segment's bar; empty when it has no length.
    QList<QRectF> m_bars;
    int m_selected = -1;
};

} // namespace fd
