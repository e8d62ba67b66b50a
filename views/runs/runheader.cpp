// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runheader.h"

#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/statemark.h"
#include "views/runs/runtext.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace fd {

namespace {

constexpr int kCrumbMost = 220;

TextLabel *chevron(QWidget *parent) { return new TextLabel(QStringLiteral("›"), TextRole::Body, Tone::Text3, parent); }

/// Text for a button: cut to a width, and `&` is no mnemonic.
QString buttonText(const QString &text, const QFontMetrics &font)
{
    QString shown = font.elidedText(text, Qt::ElideMiddle, metrics::forText(kCrumbMost));
    return shown.replace(u'&', QStringLiteral("&&"));
}

} // namespace

QString runTimeText(const FlowRun &run, Instant now)
{
    if (isTerminal(run.state.type)) {
        const Instant at = run.end.value_or(run.state.timestamp);
        return RunHeader::tr("at %1 · %2").arg(format::time(at, now, format::Seconds::Show), format::relative(at, now));
    }
    if (run.state.type == StateType::Scheduled) {
        const Instant due = run.state.scheduledTime.value_or(run.expectedStart);
        return RunHeader::tr("due %1 · %2")
            .arg(format::time(due, now, format::Seconds::Show), format::relative(due, now));
    }
    return RunHeader::tr("for %1").arg(format::duration(now - run.start.value_or(run.state.timestamp)));
}

RunHeader::RunHeader(QWidget *parent)
    : QWidget(parent), m_deployment(linkButton({}, this)),
      m_name(new ElidedLabel({}, TextRole::PageTitle, Tone::Text, Qt::ElideMiddle, this)),
      m_badge(new StateBadge(this)), m_time(new ElidedLabel({}, TextRole::Quiet, Tone::Text3, Qt::ElideRight, this)),
      m_cancel(pushButton(tr("Cancel…"), ButtonRole::Plain, {}, this))
{
    QPushButton *list = linkButton(tr("Runs"), this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(list);
    layout->addWidget(chevron(this));
    layout->addWidget(m_deployment);
    layout->addWidget(chevron(this));
    layout->addWidget(m_name);
    layout->addWidget(m_badge);
    layout->addWidget(m_time, 1);
    layout->addWidget(m_cancel);
    m_cancel->hide();
    connect(list, &QPushButton::clicked, this, &RunHeader::listRequested);
    connect(m_deployment, &QPushButton::clicked, this, &RunHeader::deploymentRequested);
    connect(m_cancel, &QPushButton::clicked, this, &RunHeader::cancelRequested);
}

void RunHeader::setRun(const FlowRun &run, Instant now)
{
    const QString path = runtext::deploymentPath(run.flowName, run.deploymentName);
    m_deployment->setText(buttonText(path, m_deployment->fontMetrics()));
    m_deployment->setToolTip(plainToolTip(path));
    m_deployment->setEnabled(run.deployment != 0);
    m_name->setText(run.name);
    m_badge->setState(run.state.type, run.state.name);
    tick(run, now);
}

void RunHeader::tick(const FlowRun &run, Instant now) { m_time->setText(runTimeText(run, now)); }

void RunHeader::setCancellable(bool cancellable, const QString &refusal)
{
    m_cancel->setVisible(cancellable);
    m_cancel->setEnabled(refusal.isEmpty());
    m_cancel->setToolTip(plainToolTip(refusal));
}

} // namespace fd
