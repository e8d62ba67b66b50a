// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runsheader.h"

#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/searchfield.h"

#include <QHBoxLayout>

namespace fd {

RunsHeader::RunsHeader(QWidget *parent) : QWidget(parent)
{
    m_counts = new TextLabel({}, TextRole::Quiet, Tone::Text3, this);
    m_search = new SearchField(tr("Search run, deployment, flow"), this);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(new TextLabel(tr("Runs"), TextRole::PageTitle, Tone::Text, this));
    layout->addWidget(m_counts);
    layout->addStretch();
    layout->addWidget(m_search);
}

void RunsHeader::setCounts(qint64 shown, qint64 total)
{
    m_counts->setText(
        shown == total ? format::count(total) : tr("%1 of %2").arg(format::count(shown), format::count(total)));
}

} // namespace fd
