// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/searchfield.h"

#include "views/common/icons.h"
#include "views/common/theme.h"

#include <QAction>
#include <QKeyEvent>

namespace fd {

SearchField::SearchField(const QString &placeholder, QWidget *parent) : QLineEdit(parent), m_icon(new QAction(this))
{
    constexpr int kPauseMs = 100;
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setClearButtonEnabled(true);
    setMinimumWidth(metrics::kSearchWidth / 2);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    addAction(m_icon, QLineEdit::LeadingPosition);
    updateIcon();
    connect(this, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(&m_pause, &QTimer::timeout, this, &SearchField::announce);
}

void SearchField::setSearch(const QString &text)
{
    setText(text);
    m_pause.stop();
    m_announced = text;
}

QSize SearchField::sizeHint() const
{
    return {metrics::forText(metrics::kSearchWidth), QLineEdit::sizeHint().height()};
}

void SearchField::announce()
{
    m_pause.stop();
    if (m_announced == text())
        return;
    m_announced = text();
    emit searchChanged(m_announced);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (!text().isEmpty()) {
            clear();
            announce();
            return;
        }
        break;
    case Qt::Key_Backspace:
        if (text().isEmpty()) {
            emit removeLastRequested();
            return;
        }
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Down:
        announce();
        emit leaveRequested();
        return;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        updateIcon();
    QLineEdit::changeEvent(event);
}

void SearchField::updateIcon() { m_icon->setIcon(icons::named(QStringLiteral("edit-find"))); }

} // namespace fd
