// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/style.h"

#include <QLabel>

class QButtonGroup;
class QCheckBox;
class QPushButton;
class QToolButton;

namespace fd {

/// Which text colour of the theme.
enum class Tone : quint8 { Text, Text2, Text3, Off, Link, Accent };
/// The theme's colour for a tone.
[[nodiscard]] const QColor &toneColor(const Theme &theme, Tone tone);

/// `text` as a tool tip that is never read as rich text; empty stays empty.
[[nodiscard]] QString plainToolTip(const QString &text);

/// A plain-text label with a role's font and a tone's colour; both follow scheme and font changes.
class TextLabel : public QLabel
{
    Q_OBJECT
public:
    explicit TextLabel(
        const QString &text, TextRole role = TextRole::Body, Tone tone = Tone::Text, QWidget *parent = nullptr);
    void setTone(Tone tone);

protected:
    void changeEvent(QEvent *event) override;

private:
    void apply();

    TextRole m_role;
    Tone m_tone;
};

/// A one-line label that elides its text and shows all of it as a tool tip.
class ElidedLabel : public TextLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(const QString &text, TextRole role = TextRole::Body, Tone tone = Tone::Text,
        Qt::TextElideMode mode = Qt::ElideRight, QWidget *parent = nullptr);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    Qt::TextElideMode m_mode;
};

/// A 28x28 icon-only button (24 in dense bars); `text` is its tool tip and accessible name.
[[nodiscard]] QToolButton *iconButton(const QString &iconName, const QString &text, QWidget *parent = nullptr);
/// A push button with a role and, when `iconName` is not empty, an icon.
[[nodiscard]] QPushButton *pushButton(
    const QString &text, ButtonRole role = ButtonRole::Plain, const QString &iconName = {}, QWidget *parent = nullptr);
/// A button that looks like a link, for "Clear all" and "All 8,412 runs".
[[nodiscard]] QPushButton *linkButton(const QString &text, QWidget *parent = nullptr);
/// A check box that is drawn as a switch.
[[nodiscard]] QCheckBox *switchBox(const QString &text, QWidget *parent = nullptr);
/// A 1 px horizontal or vertical separator in the theme's line colour.
[[nodiscard]] QWidget *separator(Qt::Orientation orientation, QWidget *parent = nullptr);

/// A few exclusive choices side by side, such as the log levels. A group of radio buttons to the keyboard.
class SegmentBar : public QWidget
{
    Q_OBJECT
public:
    explicit SegmentBar(QWidget *parent = nullptr);

    /// Adds a segment at the end; `id` is the caller's. The first one added is chosen.
    void addSegment(int id, const QString &text);
    /// Changes a segment's text, such as its count.
    void setSegmentText(int id, const QString &text);
    [[nodiscard]] int current() const;
    void setCurrent(int id);

signals:
    /// The user chose another segment.
    void chosen(int id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QButtonGroup *m_group;
};

} // namespace fd
