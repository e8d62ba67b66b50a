// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/banner.h"

#include "views/common/controls.h"
#include "views/common/statemark.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace fd {

Banner::Banner(QWidget *parent) : QWidget(parent), m_text(new TextLabel(QString()))
{
    setObjectName(QStringLiteral("banner"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(
        metrics::kInset + metrics::kMark + metrics::kGap, metrics::kGap, metrics::kInset, metrics::kGap);
    row->addWidget(m_text, 1);
    setMinimumHeight(metrics::kBanner);
    hide();
}

void Banner::showNotice(Notice notice, const QString &text, const QString &button)
{
    // Most windows never need the button.
    if (m_button == nullptr && !button.isEmpty()) {
        m_button = pushButton(button, ButtonRole::Plain, QStringLiteral("view-refresh"));
        m_button->setAutoDefault(false);
        layout()->addWidget(m_button);
        connect(m_button, &QPushButton::clicked, this, &Banner::triggered);
    }
    if (m_button != nullptr) {
        m_button->setText(button);
        m_button->setVisible(!button.isEmpty());
    }
    const bool isNew = !isVisible() || notice != m_notice;
    m_notice = notice;
    m_text->setText(text);
    setAccessibleName(text);
    applyColors();
    show();
    // A countdown is not news.
    if (!isNew)
        return;
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Banner::clear() { hide(); }

void Banner::applyColors()
{
    QPalette colors = m_text->palette();
    const QColor &wanted = Theme::of(palette()).textOn(m_notice);
    if (colors.color(QPalette::WindowText) != wanted) {
        colors.setColor(QPalette::WindowText, wanted);
        m_text->setPalette(colors);
    }
    update();
}

void Banner::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.ground(m_notice));
    const QRectF mark(metrics::kInset, (height() - metrics::kMark) / 2.0, metrics::kMark, metrics::kMark);
    paintNoticeMark(painter, mark, m_notice, theme.textOn(m_notice));
}

void Banner::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

} // namespace fd
