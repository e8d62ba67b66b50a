// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/protectionbar.h"

#include "views/common/controls.h"

#include <QVBoxLayout>

namespace fd {

ProtectionBar::ProtectionBar(QWidget *parent)
    : QWidget(parent), m_segments(new SegmentBar), m_meaning(new TextLabel({}, TextRole::Small, Tone::Text3))
{
    m_segments->setAccessibleName(tr("Protection"));
    m_segments->addSegment(static_cast<int>(Protection::None), tr("None"));
    m_segments->addSegment(static_cast<int>(Protection::Production), tr("Production"));
    m_segments->addSegment(static_cast<int>(Protection::ReadOnly), tr("Read-only"));
    m_meaning->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    column->addWidget(m_segments, 0, Qt::AlignLeft);
    column->addWidget(m_meaning);
    setFocusProxy(m_segments);
    connect(m_segments, &SegmentBar::chosen, this, [this](int) {
        explain();
        emit chosen(current());
    });
    explain();
}

Protection ProtectionBar::current() const { return static_cast<Protection>(m_segments->current()); }

void ProtectionBar::setCurrent(Protection protection)
{
    m_segments->setCurrent(static_cast<int>(protection));
    explain();
}

void ProtectionBar::explain()
{
    switch (current()) {
    case Protection::None:
        m_meaning->setText(tr("Every action works without asking."));
        break;
    case Protection::Production:
        m_meaning->setText(tr("Nothing is written before you unlock it, and each action asks first."));
        break;
    case Protection::ReadOnly:
        m_meaning->setText(tr("All writing actions are off."));
        break;
    }
}

} // namespace fd
