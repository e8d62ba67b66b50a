// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/controls.h"

#include "views/common/glyphs.h"
#include "views/common/icons.h"
#include "views/common/styleparts.h"

#include <QApplication>
#include <QButtonGroup>
#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QToolButton>

namespace fd {
namespace {

/// One pixel in the theme's line colour.
class Separator : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).fillRect(rect(), Theme::of(palette()).line); }
};

/// A button that takes its icon again when the scheme changes: outside KDE nothing recolours theme icons.
template<typename Button>
class ThemedButton : public Button
{
public:
    ThemedButton(const QString &iconName, QWidget *parent) : Button(parent), m_iconName(iconName) { showIcon(); }

protected:
    void changeEvent(QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange)
            showIcon();
        Button::changeEvent(event);
    }

private:
    void showIcon()
    {
        if (!m_iconName.isEmpty())
            this->setIcon(icons::named(m_iconName));
    }

    QString m_iconName;
};

} // namespace

const QColor &toneColor(const Theme &theme, Tone tone)
{
    switch (tone) {
    case Tone::Text:
        return theme.text;
    case Tone::Text2:
        return theme.text2;
    case Tone::Text3:
        return theme.text3;
    case Tone::Off:
        return theme.off;
    case Tone::Link:
        return theme.link;
    case Tone::Accent:
        return theme.accent;
    }
    return theme.text;
}

QString plainToolTip(const QString &text)
{
    return text.isEmpty() ? QString()
                          : QStringLiteral("<span style=\"white-space:pre-wrap\">%1</span>").arg(text.toHtmlEscaped());
}

TextLabel::TextLabel(const QString &text, TextRole role, Tone tone, QWidget *parent)
    : QLabel(text, parent), m_role(role), m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    // On a Base ground the role would otherwise be Text, which is not the one that carries the tone.
    setForegroundRole(QPalette::WindowText);
    apply();
}

void TextLabel::setTone(Tone tone)
{
    m_tone = tone;
    apply();
}

void TextLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::ApplicationPaletteChange
        || event->type() == QEvent::ParentChange)
        apply();
}

void TextLabel::apply()
{
    setFont(roleFont(m_role));
    // From the parent: the label's own palette holds the tone of the last time.
    const Theme &theme = Theme::of(parentWidget() ? parentWidget()->palette() : QApplication::palette());
    QPalette changed;
    changed.setColor(QPalette::WindowText, toneColor(theme, m_tone));
    changed.setColor(QPalette::Disabled, QPalette::WindowText, theme.off);
    setPalette(changed);
}

ElidedLabel::ElidedLabel(const QString &text, TextRole role, Tone tone, Qt::TextElideMode mode, QWidget *parent)
    : TextLabel(text, role, tone, parent), m_mode(mode)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize ElidedLabel::minimumSizeHint() const { return {fontMetrics().averageCharWidth() * 4, sizeHint().height()}; }

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const QRect area = contentsRect();
    const QString shown = fontMetrics().elidedText(text(), m_mode, area.width());
    const auto side = QStyle::visualAlignment(layoutDirection(), alignment());
    painter.drawText(area, static_cast<int>(side) | Qt::TextSingleLine, shown);
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const bool cut = fontMetrics().horizontalAdvance(text()) > contentsRect().width();
        setToolTip(cut ? plainToolTip(text()) : QString());
    }
    return TextLabel::event(event);
}

QToolButton *iconButton(const QString &iconName, const QString &text, QWidget *parent)
{
    auto *button = new ThemedButton<QToolButton>(iconName, parent);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QPushButton *pushButton(const QString &text, ButtonRole role, const QString &iconName, QWidget *parent)
{
    auto *button = new ThemedButton<QPushButton>(iconName, parent);
    button->setText(text);
    button->setAutoDefault(false);
    button->setFlat(role == ButtonRole::Flat || role == ButtonRole::Link);
    setButtonRole(button, role);
    return button;
}

QPushButton *linkButton(const QString &text, QWidget *parent)
{
    QPushButton *button = pushButton(text, ButtonRole::Link, {}, parent);
    button->setCursor(Qt::PointingHandCursor);
    return button;
}

QCheckBox *switchBox(const QString &text, QWidget *parent)
{
    auto *box = new QCheckBox(text, parent);
    box->setProperty(part::kSwitchProperty, true);
    return box;
}

QWidget *separator(Qt::Orientation orientation, QWidget *parent)
{
    auto *line = new Separator(parent);
    if (orientation == Qt::Horizontal)
        line->setFixedHeight(1);
    else
        line->setFixedWidth(1);
    return line;
}

SegmentBar::SegmentBar(QWidget *parent) : QWidget(parent), m_group(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idClicked, this, &SegmentBar::chosen);
}

void SegmentBar::addSegment(int id, const QString &text)
{
    auto *button = new QRadioButton(text, this);
    button->setProperty(part::kSegmentProperty, true);
    button->setChecked(m_group->buttons().isEmpty());
    m_group->addButton(button, id);
    layout()->addWidget(button);
}

void SegmentBar::setSegmentText(int id, const QString &text) { m_group->button(id)->setText(text); }

int SegmentBar::current() const { return m_group->checkedId(); }

void SegmentBar::setCurrent(int id) { m_group->button(id)->setChecked(true); }

void SegmentBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    glyph::box(painter, rect(), metrics::kRadius, theme.sunken, theme.frame);
}

} // namespace fd
