// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"

#include <QAbstractButton>
#include <QList>

class QVBoxLayout;

namespace fd {

/// A run in one line: mark, name, a quiet remark, duration. Opens it.
class RunLink : public QAbstractButton
{
    Q_OBJECT
public:
    explicit RunLink(QWidget *parent = nullptr);

    void setRun(const FlowRunRow &run, const QString &remark, Instant now);
    [[nodiscard]] RowId run() const { return m_run.row; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    FlowRunRow m_run;
    QString m_remark;
    QString m_duration;
};

/// Runs that have to do with another one, below one another.
class RunLinks : public QWidget
{
    Q_OBJECT
public:
    explicit RunLinks(QWidget *parent = nullptr);

    /// One run and what is said about it.
    struct Entry {
        FlowRunRow run;
        QString remark;
    };
    /// Shows these; links that stay keep the focus.
    void setRuns(const QList<Entry> &entries, Instant now);

signals:
    void runOpened(fd::RowId run);

private:
    QVBoxLayout *m_layout;
    QList<RunLink *> m_links;
};

} // namespace fd
