// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/closequestion.h"

#include "views/common/controls.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace fd {

CloseQuestion::CloseQuestion(const QString &workspace, int activeRuns, QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("close-question"));
    setAttribute(Qt::WA_DeleteOnClose);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    const QString title
        = activeRuns == 1 ? tr("1 flow run is in progress") : tr("%n flow runs are in progress", nullptr, activeRuns);
    setWindowTitle(title);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kSection, metrics::kSection, metrics::kSection, metrics::kInset);
    column->setSpacing(metrics::kWideGap);
    auto *head = new TextLabel(title, TextRole::ObjectTitle);
    auto *text = new TextLabel(
        tr("Runs of %1 can go on without this window; the next Flowdeck finds them again. Stopped runs end as "
           "Cancelled.")
            .arg(workspace.left(200).simplified()),
        TextRole::Body, Tone::Text2);
    text->setWordWrap(true);
    column->addWidget(head);
    column->addWidget(text);
    column->addStretch();

    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kGap);
    QPushButton *stop = pushButton(
        activeRuns == 1 ? tr("Stop 1 run") : tr("Stop %n runs", nullptr, activeRuns), ButtonRole::Destructive);
    QPushButton *stay = pushButton(tr("Stay"));
    QPushButton *leave = pushButton(tr("Leave running"), ButtonRole::Primary);
    stop->setObjectName(QStringLiteral("stop"));
    stay->setObjectName(QStringLiteral("stay"));
    leave->setObjectName(QStringLiteral("leave"));
    for (QPushButton *button : {stop, stay, leave})
        button->setAutoDefault(false);
    stay->setDefault(true);
    stay->setFocus();
    row->addWidget(stop);
    row->addStretch();
    row->addWidget(stay);
    row->addWidget(leave);
    column->addLayout(row);
    setMinimumWidth(520);

    connect(stay, &QPushButton::clicked, this, &QDialog::reject);
    connect(leave, &QPushButton::clicked, this, [this] {
        emit answered(Workspace::Quit::LeaveRunsRunning);
        accept();
    });
    connect(stop, &QPushButton::clicked, this, [this] {
        emit answered(Workspace::Quit::StopRuns);
        accept();
    });
}

} // namespace fd
