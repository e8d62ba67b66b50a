// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/navigationrail.h"

#include "views/common/theme.h"
#include "views/shell/navbutton.h"
#include "views/shell/workspacecard.h"

#include <QVBoxLayout>

namespace fd {

NavigationRail::NavigationRail(Workspace &workspace, QWidget *parent)
    : QWidget(parent), m_card(new WorkspaceCard(workspace, this)), m_entries(new QVBoxLayout)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kGap, metrics::kGap, metrics::kGap, metrics::kGap);
    column->setSpacing(metrics::kWideGap);
    column->addWidget(m_card);
    m_entries->setSpacing(metrics::kStep / 2);
    column->addLayout(m_entries);
    column->addStretch();
    connect(m_card, &QAbstractButton::clicked, this, &NavigationRail::workspaceClicked);
}

void NavigationRail::addEntry(const QString &id, const QString &iconName, const QString &title)
{
    auto *button = new NavButton(iconName, title, this);
    button->setObjectName(QStringLiteral("nav-") + id);
    button->setFolded(m_folded);
    m_entries->addWidget(button);
    m_buttons.insert(id, button);
    connect(button, &QAbstractButton::clicked, this, [this, id] { emit chosen(id); });
}

void NavigationRail::setCount(const QString &id, const QString &count)
{
    if (NavButton *button = m_buttons.value(id))
        button->setCount(count);
}

void NavigationRail::setCurrent(const QString &id)
{
    for (auto it = m_buttons.cbegin(); it != m_buttons.cend(); ++it) {
        NavButton *button = it.value();
        button->setAutoExclusive(false);
        button->setChecked(it.key() == id);
        button->setAutoExclusive(true);
    }
}

void NavigationRail::setFolded(bool folded)
{
    if (folded == m_folded)
        return;
    m_folded = folded;
    m_card->setFolded(folded);
    for (NavButton *button : std::as_const(m_buttons))
        button->setFolded(folded);
    updateGeometry();
}

QSize NavigationRail::sizeHint() const
{
    const int height = QWidget::sizeHint().height();
    if (m_folded)
        return {metrics::kRailFolded, height};
    int width = metrics::kRail;
    for (const NavButton *button : m_buttons)
        width = std::max(width, button->sizeHint().width() + 2 * metrics::kGap);
    return {width, height};
}

void NavigationRail::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

} // namespace fd
