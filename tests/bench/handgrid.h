// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/deployment.h"

#include <QPixmap>
#include <QWidget>

namespace fd::bench {

/// The floor for a table's frame: the same cells painted by one loop over finished texts and pictures, with no model,
/// view, delegate, elision or layout in between.
class HandGrid : public QWidget
{
    Q_OBJECT

public:
    /// `widths` are those of the eight columns: state, name, tags, schedule, next run, last run, days, run.
    HandGrid(const std::vector<DeploymentRow> &rows, Instant now, QList<int> widths, int rowHeight);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Line {
        QPoint place;
        QString text;
    };
    struct Row {
        std::vector<Line> texts;
        std::vector<Line> smallTexts;
        std::vector<QRect> chips;
        std::vector<QRect> done;
        std::vector<QRect> failed;
        QPixmap mark;
    };
    void addTags(Row &row, const QStringList &tags, int left);
    void addStrip(Row &row, const ActivityStrip &strip, int left);
    void addLines(Row &row, int column, const QString &first, const QString &second);
    [[nodiscard]] int left(int column) const;

    std::vector<Row> m_rows;
    QList<int> m_widths;
    int m_rowHeight;
    QFont m_small;
    QPixmap m_run;
};

} // namespace fd::bench
