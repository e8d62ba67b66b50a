// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/state.h"
#include "views/common/theme.h"

#include <QWidget>

class QPainter;

namespace fd {

/// The silhouette of a state's mark: what tells states apart without colour.
enum class MarkShape : quint8 { Ring, DashedRing, Disc, Square, Triangle };
/// What is inside the silhouette.
enum class MarkSign : quint8 { None, Tick, Play, Turn, Hands, Dots, Bars, Cross, Bang, Slash };

/// How a state looks. The type decides the colour, the name decides the shape.
struct StateLook {
    MarkShape shape = MarkShape::Ring;
    MarkSign sign = MarkSign::None;
    StateHue hue = StateHue::Pending;
    /// Its word takes the state's colour, because somebody should look.
    bool attention = false;

    friend bool operator==(const StateLook &, const StateLook &) = default;
};

/// The look of a state; an unknown name gets the plain silhouette of its type.
[[nodiscard]] StateLook stateLook(StateType type, QStringView name);
/// The translated word, "Awaiting retry" for AwaitingRetry; an unknown name as it was sent.
[[nodiscard]] QString stateWord(StateType type, const QString &name);
/// The colour of a state's mark.
[[nodiscard]] const QColor &stateColor(StateType type, QStringView name, const Theme &theme);

/// Paints the mark centred in `rect` (16 px as a rule) from a cached pixmap; its cut-out shows what is behind.
void paintStateMark(QPainter &painter, const QRectF &rect, StateType type, QStringView name, const Theme &theme);
/// The same for a look that was found before.
void paintStateMark(QPainter &painter, const QRectF &rect, const StateLook &look, const Theme &theme);
/// Paints the mark of a message: tick, i, warning triangle, crossed square.
void paintNoticeMark(QPainter &painter, const QRectF &rect, Notice notice, const QColor &color);

/// Mark and word on a tinted pill, for page headers only.
class StateBadge : public QWidget
{
    Q_OBJECT
public:
    explicit StateBadge(QWidget *parent = nullptr);

    void setState(StateType type, const QString &name);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    StateType m_type = StateType::Scheduled;
    QString m_name;
};

/// A widget that shows one state's mark, 16 px as a rule; its accessible name is the word.
class StateMark : public QWidget
{
    Q_OBJECT
public:
    explicit StateMark(QWidget *parent = nullptr);

    void setState(StateType type, const QString &name);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateType m_type = StateType::Scheduled;
    QString m_name;
};

} // namespace fd
