// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/workspacedetails.h"

#include "models/workspace/workspace.h"
#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/shell/workspacewords.h"

#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace fd {
namespace {

TextLabel *addRow(QGridLayout *grid, const QString &label, TextRole role = TextRole::Body)
{
    const int row = grid->rowCount();
    grid->addWidget(new TextLabel(label, TextRole::Quiet, Tone::Text2), row, 0, Qt::AlignTop);
    auto *value = new TextLabel(QString(), role);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleName(label);
    grid->addWidget(value, row, 1);
    return value;
}

} // namespace

WorkspaceDetails::WorkspaceDetails(Workspace &workspace, QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("workspace-details"));
    setWindowTitle(tr("Workspace"));
    setAttribute(Qt::WA_DeleteOnClose);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kSection, metrics::kSection, metrics::kSection, metrics::kInset);
    column->setSpacing(metrics::kInset);
    column->addWidget(new ElidedLabel(workspace.name(), TextRole::ObjectTitle));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(metrics::kInset);
    grid->setVerticalSpacing(metrics::kGap);
    grid->setColumnStretch(1, 1);
    addRow(grid, tr("File"), TextRole::Mono)->setText(workspace.location());
    m_engine = addRow(grid, tr("Engine"));
    m_detail = addRow(grid, tr("Details"));
    m_runs = addRow(grid, tr("In progress"));
    column->addLayout(grid);
    column->addStretch();
    QPushButton *close = pushButton(tr("Close"));
    column->addWidget(close, 0, Qt::AlignRight);
    setMinimumWidth(520);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(&workspace, &Workspace::engineStatusChanged, this, &WorkspaceDetails::showStatus);
    showStatus(workspace.engineStatus());
}

void WorkspaceDetails::showStatus(const EngineStatus &status)
{
    m_engine->setText(engineLine(status));
    m_detail->setText(status.detail.isEmpty() ? QString(format::kAbsent) : status.detail);
    m_runs->setText(status.activeRuns == 1 ? tr("1 run") : tr("%n runs", nullptr, status.activeRuns));
}

} // namespace fd
