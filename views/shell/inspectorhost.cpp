// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/inspectorhost.h"

#include "views/common/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QSplitter>
#include <QStackedLayout>

namespace fd {

InspectorHost::InspectorHost(QSplitter *splitter, QWidget *over)
    : QWidget(splitter), m_splitter(splitter), m_over(over), m_stack(new QStackedLayout(this)),
      m_dockedWidth(metrics::kInspector)
{
    setObjectName(QStringLiteral("inspector"));
    setAccessibleName(tr("Inspector"));
    m_stack->setContentsMargins(1, 0, 0, 0);
    setMaximumWidth(metrics::kInspectorMax);
    over->installEventFilter(this);
}

void InspectorHost::setContent(QWidget *content)
{
    if (content == nullptr)
        return;
    if (m_stack->indexOf(content) < 0)
        m_stack->addWidget(content);
    m_stack->setCurrentWidget(content);
}

QWidget *InspectorHost::content() const { return m_stack->currentWidget(); }

void InspectorHost::clear()
{
    while (QLayoutItem *item = m_stack->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void InspectorHost::setFloating(bool floating)
{
    if (floating == m_floating)
        return;
    const bool shown = isVisibleTo(parentWidget());
    if (floating)
        m_dockedWidth = std::max(width(), metrics::kInspectorMin);
    m_floating = floating;
    if (floating) {
        setParent(m_over);
        place();
    } else {
        m_splitter->addWidget(this);
        m_splitter->setSizes({m_splitter->width() - m_dockedWidth, m_dockedWidth});
    }
    setVisible(shown);
    if (floating)
        raise();
}

void InspectorHost::setTopOffset(int offset)
{
    m_topOffset = offset;
    if (m_floating)
        place();
}

QSize InspectorHost::sizeHint() const { return {metrics::kInspector, 400}; }

QSize InspectorHost::minimumSizeHint() const { return {metrics::kInspectorMin, 200}; }

void InspectorHost::place()
{
    const int wanted = std::min(metrics::kInspector, m_over->width());
    setGeometry(m_over->width() - wanted, m_topOffset, wanted, m_over->height() - m_topOffset);
}

bool InspectorHost::eventFilter(QObject *watched, QEvent *event)
{
    if (m_floating && watched == m_over && event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

void InspectorHost::keyPressEvent(QKeyEvent *event)
{
    if (m_floating && event->key() == Qt::Key_Escape)
        emit closeRequested();
    else
        QWidget::keyPressEvent(event);
}

void InspectorHost::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.base);
    painter.fillRect(0, 0, 1, height(), m_floating ? theme.frame : theme.line);
    if (m_floating)
        painter.fillRect(0, 0, width(), 1, theme.line);
}

} // namespace fd
