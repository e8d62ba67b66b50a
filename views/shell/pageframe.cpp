// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/pageframe.h"

#include "views/common/controls.h"
#include "views/common/page.h"

#include <QAction>
#include <QPainter>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace fd {
namespace {

/// A button for an action of the window; its tool tip and name say the keys too.
QToolButton *actionButton(QAction *action, const QString &iconName, const QString &name, QWidget *parent)
{
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    const QString tip = keys.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, keys);
    QToolButton *button = iconButton(iconName, tip, parent);
    button->setAccessibleName(name);
    button->setCheckable(action->isCheckable());
    const auto follow = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setChecked(action->isChecked());
        button->setVisible(action->isVisible());
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QToolButton::clicked, action, &QAction::trigger);
    return button;
}

} // namespace

PageFrame::PageFrame(QAction *back, QAction *forward, QAction *inspector, QWidget *parent)
    : QWidget(parent), m_header(new QWidget), m_headers(new QStackedLayout), m_pages(new QStackedLayout)
{
    auto *row = new QHBoxLayout(m_header);
    row->setContentsMargins(metrics::kGap, 0, metrics::kWideGap, 0);
    row->setSpacing(metrics::kStep);
    row->addWidget(actionButton(back, QStringLiteral("go-previous"), tr("Back"), m_header));
    row->addWidget(actionButton(forward, QStringLiteral("go-next"), tr("Forward"), m_header));
    row->addSpacing(metrics::kGap);
    row->addLayout(m_headers, 1);
    row->addWidget(actionButton(inspector, QStringLiteral("sidebar-expand-right"), tr("Inspector"), m_header));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addLayout(m_pages, 1);
    applyHeight();
}

void PageFrame::setPage(Page *page)
{
    QWidget *header = page->headerWidget();
    if (m_pages->indexOf(page) < 0)
        m_pages->addWidget(page);
    if (header != nullptr && m_headers->indexOf(header) < 0)
        m_headers->addWidget(header);
    if (header != nullptr)
        m_headers->setCurrentWidget(header);
    m_pages->setCurrentWidget(page);
}

void PageFrame::clear()
{
    while (QLayoutItem *item = m_headers->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void PageFrame::paintEvent(QPaintEvent *event) { QPainter(this).fillRect(event->rect(), Theme::of(palette()).base); }

void PageFrame::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyHeight();
}

void PageFrame::applyHeight()
{
    m_header->setFixedHeight(
        metrics::atLeast(metrics::kHeaderRow, roleFont(TextRole::PageTitle, font()), metrics::kInset));
}

} // namespace fd
