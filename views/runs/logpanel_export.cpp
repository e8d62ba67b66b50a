// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/logpanel.h"

#include "views/common/format.h"
#include "views/runs/logtextjob.h"
#include "views/runs/logview.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QSaveFile>

#include <memory>

namespace fd {

namespace {

/// A run's name may hold anything; a file's may not.
QString fileName(const QString &runName)
{
    static const QRegularExpression unsafe(QStringLiteral("[^\\w.-]+"));
    constexpr qsizetype kMost = 80;
    QString name = runName.left(kMost);
    name.replace(unsafe, QStringLiteral("-"));
    return name + QStringLiteral(".log");
}

Message failure(const QString &path, const QString &detail)
{
    return {.notice = Notice::Broken,
        .title = LogPanel::tr("%1 was not written").arg(QFileInfo(path).fileName()),
        .detail = detail,
        .actions = {},
        .shownAt = {}};
}

} // namespace

void LogPanel::copySelection()
{
    const std::vector<RowId> ids = m_view->selectedIds();
    if (ids.empty())
        return;
    auto *job = new LogTextJob(*m_store, m_run, m_names, this);
    auto all = std::make_shared<QString>();
    connect(job, &LogTextJob::text, this, [all](const QString &lines) { *all += lines; });
    connect(job, &LogTextJob::finished, this, [all] { QGuiApplication::clipboard()->setText(*all); });
    job->startLines(ids);
}

void LogPanel::exportText()
{
    auto *dialog = new QFileDialog(window(), tr("Export log"), fileName(m_runName), tr("Text (*.log *.txt)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("log"));
    connect(dialog, &QFileDialog::fileSelected, this, &LogPanel::writeTo);
    dialog->open();
}

void LogPanel::writeTo(const QString &path)
{
    auto file = std::make_shared<QSaveFile>(path);
    if (!file->open(QIODevice::WriteOnly)) {
        emit message(failure(path, file->errorString()));
        return;
    }
    auto *job = new LogTextJob(*m_store, m_run, m_names, this);
    connect(job, &LogTextJob::text, this, [file](const QString &lines) { file->write(lines.toUtf8()); });
    connect(job, &LogTextJob::failed, this,
        [this, path](const Error &error) { emit message(failure(path, format::error(error))); });
    connect(job, &LogTextJob::finished, this, [this, file, path](int lines) {
        if (!file->commit()) {
            emit message(failure(path, file->errorString()));
            return;
        }
        emit message({.notice = Notice::Done,
            .title = tr("%1 lines were written").arg(format::count(lines)),
            .detail = path,
            .actions = {},
            .shownAt = {}});
    });
    job->startAll(m_level, m_task);
}

} // namespace fd
