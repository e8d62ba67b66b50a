// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/specs/specpreviewdialog.h"

#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/stateplaceholder.h"
#include "views/common/tableview.h"
#include "views/specs/planchanges.h"
#include "views/specs/plandelegate.h"
#include "views/specs/planmodel.h"
#include "views/specs/plantext.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QPushButton>
#include <QScreen>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace fd {
namespace {

QString counted(int count, const QString &word)
{
    return count == 0 ? QString() : QStringLiteral("%1 %2").arg(format::count(count), word);
}

} // namespace

SpecPreviewDialog::SpecPreviewDialog(Workspace &workspace, const QString &path, QWidget *parent)
    : QDialog(parent), m_workspace(workspace), m_path(path), m_model(new PlanModel(this))
{
    setObjectName(QStringLiteral("spec-preview"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setWindowTitle(tr("Apply plan - %1").arg(plainLine(QFileInfo(path).fileName())));
    const QSize room = parent != nullptr ? parent->size() : screen()->availableSize();
    resize(QSize(1096, 700).boundedTo(room - QSize(2 * metrics::kSection, 2 * metrics::kSection)));
    setMinimumSize(QSize(720, 420).boundedTo(room));
    build();
    reload();
}

void SpecPreviewDialog::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_stack = new QStackedLayout;
    m_skeleton = new SkeletonRows;
    m_planPage = makePlan();
    auto *failure = new QWidget;
    auto *failureColumn = new QVBoxLayout(failure);
    failureColumn->setContentsMargins(metrics::kInset, metrics::kInset, metrics::kInset, metrics::kInset);
    m_failed = new FailedPanel;
    failureColumn->addWidget(m_failed);
    failureColumn->addStretch();
    for (QWidget *part : {static_cast<QWidget *>(m_skeleton), m_planPage, failure})
        m_stack->addWidget(part);
    column->addWidget(makeHead());
    column->addWidget(separator(Qt::Horizontal));
    column->addLayout(m_stack, 1);
    column->addWidget(separator(Qt::Horizontal));
    column->addWidget(makeFoot());
    connect(m_failed, &FailedPanel::retryRequested, this, &SpecPreviewDialog::reload);
}

QWidget *SpecPreviewDialog::makeHead()
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(metrics::kInset, metrics::kWideGap, metrics::kInset, metrics::kWideGap);
    auto *left = new QVBoxLayout;
    left->setSpacing(metrics::kStep);
    left->addWidget(new TextLabel(tr("Apply plan"), TextRole::PageTitle));
    left->addWidget(new ElidedLabel(tr("%1 to %2").arg(plainLine(m_path), plainLine(m_workspace.name())),
        TextRole::Quiet, Tone::Text2, Qt::ElideMiddle));
    row->addLayout(left, 1);
    m_counts = new TextLabel({}, TextRole::Body, Tone::Text2);
    m_counts->setObjectName(QStringLiteral("counts"));
    row->addWidget(m_counts);
    return head;
}

QWidget *SpecPreviewDialog::makePlan()
{
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    m_table = new TableView;
    m_table->setObjectName(QStringLiteral("plan"));
    m_table->setAccessibleName(tr("Plan"));
    m_table->setModel(m_model);
    m_table->setColumns({{.id = PlanModel::MarkColumn, .title = {}, .width = 40},
        {.id = PlanModel::NameColumn, .title = tr("Deployment"), .width = 188},
        {.id = PlanModel::WhatColumn, .title = tr("What happens"), .width = 240, .stretch = true, .minWidth = 200}});
    m_table->setRowHeight(metrics::kRowTwoLines, 2);
    m_table->setItemDelegate(new PlanDelegate(m_table, *m_model));
    m_table->setSortingEnabled(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_changes = new PlanChanges;
    splitter->addWidget(m_table);
    splitter->addWidget(m_changes);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({660, 430});
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex &current) { showRow(current.row()); });
    return splitter;
}

QWidget *SpecPreviewDialog::makeFoot()
{
    auto *foot = new QWidget;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(metrics::kInset, metrics::kWideGap, metrics::kInset, metrics::kWideGap);
    row->setSpacing(metrics::kGap);
    m_note = new TextLabel({}, TextRole::Quiet, Tone::Text2);
    m_note->setObjectName(QStringLiteral("note"));
    m_note->setWordWrap(true);
    m_copy = pushButton(tr("Copy as &text"));
    m_cancel = pushButton(tr("Cancel"));
    m_apply = pushButton(tr("Apply"), ButtonRole::Primary);
    m_apply->setObjectName(QStringLiteral("apply"));
    m_copy->setObjectName(QStringLiteral("copy"));
    m_copy->setAutoDefault(false);
    m_cancel->setAutoDefault(false);
    row->addWidget(m_note, 1);
    row->addWidget(m_copy);
    row->addWidget(m_cancel);
    row->addWidget(m_apply);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(planAsText(m_plan)); });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_apply, &QPushButton::clicked, this, &SpecPreviewDialog::apply);
    return foot;
}

void SpecPreviewDialog::reload()
{
    m_stack->setCurrentWidget(m_skeleton);
    m_copy->setEnabled(false);
    setReason(tr("Reading the spec and its flows…"));
    QCoro::connect(m_workspace.planSpec(m_path), this, [this](const Result<SpecPlan> &plan) { showPlan(plan); });
}

void SpecPreviewDialog::showPlan(const Result<SpecPlan> &plan)
{
    if (!plan) {
        m_failed->setError(tr("The spec could not be read"), plan.error());
        m_stack->setCurrentIndex(2);
        setReason(tr("Nothing was read, nothing can be applied."));
        return;
    }
    m_plan = *plan;
    m_model->setPlan(m_plan);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->rowAt(row).kind == PlanRow::Kind::Head)
            m_table->QTableView::setRowHeight(row, metrics::rowHeight(metrics::kRowCompact, 1));
    }
    m_stack->setCurrentWidget(m_planPage);
    m_copy->setEnabled(true);
    m_apply->setText(applyText(m_plan));
    showCounts();
    if (const int first = m_model->firstContent(); first >= 0)
        m_table->setCurrentIndex(m_model->index(first, PlanModel::NameColumn));
    m_table->setFocus();
    const bool anything
        = countOf(m_plan, SpecPlanItem::Action::Create) + countOf(m_plan, SpecPlanItem::Action::Update) > 0;
    if (!m_workspace.capabilities().canApplySpecs)
        setReason(m_workspace.capabilities().reason);
    else if (!m_plan.canApply())
        setReason(m_plan.items.isEmpty() && m_plan.problems.isEmpty()
                ? tr("The file describes no deployment.")
                : tr("One error blocks the whole file. Nothing is created until it is right."));
    else if (!anything)
        setReason(tr("Everything is deployed like this already."));
    else
        setReason({});
}

void SpecPreviewDialog::showCounts()
{
    const auto errors = std::count_if(m_plan.problems.cbegin(), m_plan.problems.cend(),
        [](const SpecProblem &problem) { return problem.severity == SpecProblem::Severity::Error; });
    const auto warnings = m_plan.problems.size() - errors;
    QStringList parts{counted(countOf(m_plan, SpecPlanItem::Action::Create), tr("create")),
        counted(countOf(m_plan, SpecPlanItem::Action::Update), tr("update")),
        counted(countOf(m_plan, SpecPlanItem::Action::Unchanged), tr("unchanged")),
        counted(static_cast<int>(errors), errors == 1 ? tr("error") : tr("errors")),
        counted(static_cast<int>(warnings), warnings == 1 ? tr("warning") : tr("warnings"))};
    parts.removeAll(QString());
    m_counts->setText(parts.join(QStringLiteral("  ·  ")));
}

void SpecPreviewDialog::showRow(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const PlanRow &value = m_model->rowAt(row);
    if (value.kind == PlanRow::Kind::Item)
        m_changes->showItem(m_model->item(value));
    else if (value.kind == PlanRow::Kind::Problem)
        m_changes->showProblem(m_model->problem(value));
}

void SpecPreviewDialog::setReason(const QString &reason)
{
    m_apply->setEnabled(reason.isEmpty());
    m_apply->setToolTip(plainToolTip(reason));
    m_note->setText(reason.isEmpty() ? tr("Nothing has been written yet.") : reason);
    m_cancel->setText(reason.isEmpty() ? tr("Cancel") : tr("Close"));
}

void SpecPreviewDialog::apply()
{
    setReason(tr("Writing…"));
    QCoro::connect(
        m_workspace.applySpec(m_plan), this, [this](const Result<SpecApplied> &result) { showApplied(result); });
}

void SpecPreviewDialog::showApplied(const Result<SpecApplied> &result)
{
    if (result) {
        emit applied(*result, m_path);
        accept();
        return;
    }
    setReason({});
    m_note->setText(tr("Nothing was written. %1").arg(plainLine(result.error().detail)));
}

} // namespace fd
