// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/deploymentsheader.h"

#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/searchfield.h"

#include <QHBoxLayout>

namespace fd {

DeploymentsHeader::DeploymentsHeader(QWidget *parent)
    : QWidget(parent), m_counts(new TextLabel({}, TextRole::Quiet, Tone::Text3)),
      m_search(new SearchField(tr("Search name, flow, tag, parameter")))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kGap);
    auto *title = new TextLabel(tr("Deployments"), TextRole::PageTitle);
    title->setObjectName(QStringLiteral("page-title"));
    m_counts->setObjectName(QStringLiteral("page-counts"));
    row->addWidget(title);
    row->addWidget(m_counts);
    row->addStretch();
    row->addWidget(m_search);
}

QString DeploymentsHeader::countText(int shown, int total)
{
    return shown == total ? format::count(total) : tr("%1 of %2").arg(format::count(shown), format::count(total));
}

void DeploymentsHeader::setCounts(int shown, int total) { m_counts->setText(countText(shown, total)); }

} // namespace fd
