// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/rundetails.h"

#include "models/core/json.h"
#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/runs/logtext.h"
#include "views/runs/runtext.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

namespace fd {

namespace {

constexpr qsizetype kMost = 400;
constexpr int kLabelWidth = 104;

/// A key of the run's details and what people call it.
struct KnownDetail {
    const char *key;
    const char *label;
};
constexpr KnownDetail kKnown[] = {{"interpreter", QT_TRANSLATE_NOOP("fd::RunDetails", "Interpreter")},
    {"python_version", QT_TRANSLATE_NOOP("fd::RunDetails", "Python")},
    {"prefect_version", QT_TRANSLATE_NOOP("fd::RunDetails", "Prefect")},
    {"working_folder", QT_TRANSLATE_NOOP("fd::RunDetails", "Folder")},
    {"pid", QT_TRANSLATE_NOOP("fd::RunDetails", "Process")},
    {"exit_code", QT_TRANSLATE_NOOP("fd::RunDetails", "Exit code")},
    {"exit_signal", QT_TRANSLATE_NOOP("fd::RunDetails", "Ended by signal")}};

void appendKnown(QList<DetailLine> &lines, const QByteArray &details)
{
    const Result<Json> parsed = parseJson(details);
    if (!parsed || !parsed->is_object())
        return;
    for (const KnownDetail &known : kKnown) {
        const auto value = parsed->find(known.key);
        if (value == parsed->end() || value->is_null())
            continue;
        const QString text = logtext::oneLine(toDisplay(*value), kMost);
        if (!text.isEmpty())
            lines.append({.label = RunDetails::tr(known.label), .value = text});
    }
}

QString attempts(int count)
{
    if (count == 2)
        return RunDetails::tr("2 (1 retry)");
    return count < 2 ? QString::number(count) : RunDetails::tr("%1 (%2 retries)").arg(count).arg(count - 1);
}

} // namespace

QList<DetailLine> detailLines(const FlowRun &run)
{
    QList<DetailLine> lines;
    if (run.deployment != 0) {
        lines.append({.label = RunDetails::tr("Deployment"),
            .value = runtext::deploymentPath(run.flowName, run.deploymentName),
            .link = DetailLine::Link::Deployment});
    } else {
        lines.append({.label = RunDetails::tr("Flow"), .value = run.flowName});
    }
    if (run.parentFlowRun != 0) {
        lines.append({.label = RunDetails::tr("Called by"),
            .value = RunDetails::tr("another run"),
            .link = DetailLine::Link::ParentRun});
    }
    if (!run.tags.isEmpty())
        lines.append({.label = RunDetails::tr("Tags"), .value = run.tags.join(QStringLiteral(", "))});
    appendKnown(lines, run.details);
    if (run.runCount > 0)
        lines.append({.label = RunDetails::tr("Attempts"), .value = attempts(run.runCount)});
    lines.append({.label = RunDetails::tr("Created by"), .value = format::createdBy(run.createdBy)});
    lines.append({.label = RunDetails::tr("Created"), .value = format::fullTime(run.created)});
    lines.append({.label = RunDetails::tr("Run ID"), .value = run.id.toText(), .link = DetailLine::Link::Copy});
    return lines;
}

RunDetails::RunDetails(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(metrics::kInset, 0, metrics::kInset, 0);
    m_grid->setHorizontalSpacing(metrics::kGap);
    m_grid->setVerticalSpacing(metrics::kStep);
    m_grid->setColumnMinimumWidth(0, kLabelWidth);
    m_grid->setColumnStretch(1, 1);
}

void RunDetails::setRun(const FlowRun &run)
{
    m_deployment = run.deployment;
    m_parent = run.parentFlowRun;
    const QList<DetailLine> lines = detailLines(run);
    if (lines == m_lines)
        return;
    m_lines = lines;
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int row = 0; row < lines.size(); ++row) {
        auto *label = new TextLabel(lines[row].label, TextRole::Body, Tone::Text2, this);
        label->setMinimumHeight(metrics::kDenseButton);
        m_grid->addWidget(label, row, 0);
        m_grid->addWidget(valueWidget(lines[row]), row, 1);
    }
}

QWidget *RunDetails::valueWidget(const DetailLine &line)
{
    auto *holder = new QWidget(this);
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kStep);
    const bool copy = line.link == DetailLine::Link::Copy;
    auto *value = new ElidedLabel(copy ? format::shortId(line.value) : line.value,
        copy ? TextRole::Mono : TextRole::Body, Tone::Text, Qt::ElideMiddle, holder);
    value->setAccessibleName(QStringLiteral("%1: %2").arg(line.label, line.value));
    row->addWidget(value, copy ? 0 : 1);
    if (line.link == DetailLine::Link::None)
        return holder;
    if (copy) {
        QToolButton *button = iconButton(QStringLiteral("edit-copy"), tr("Copy run ID"), holder);
        connect(button, &QToolButton::clicked, this, [this, line] { follow(line.link, line.value); });
        row->addWidget(button);
        row->addStretch();
    } else {
        QPushButton *button = linkButton(tr("Open"), holder);
        button->setAccessibleName(tr("Open %1").arg(line.value));
        connect(button, &QPushButton::clicked, this, [this, line] { follow(line.link, line.value); });
        row->addWidget(button);
    }
    return holder;
}

void RunDetails::follow(DetailLine::Link link, const QString &value)
{
    switch (link) {
    case DetailLine::Link::Deployment:
        emit deploymentOpened(m_deployment);
        break;
    case DetailLine::Link::ParentRun:
        emit runOpened(m_parent);
        break;
    case DetailLine::Link::Copy:
        QGuiApplication::clipboard()->setText(value);
        break;
    case DetailLine::Link::None:
        break;
    }
}

} // namespace fd
