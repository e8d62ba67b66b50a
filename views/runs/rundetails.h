// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"

#include <QWidget>

class QGridLayout;

namespace fd {

/// A line of the details: what it is and what it says.
struct DetailLine {
    QString label;
    QString value;
    /// A click on the value leads to the deployment or to the run that called this one.
    enum class Link : quint8 { None, Deployment, ParentRun, Copy } link = Link::None;

    friend bool operator==(const DetailLine &, const DetailLine &) = default;
};
/// What there is to say about a run: deployment, interpreter, process, exit, attempts, origin, id.
[[nodiscard]] QList<DetailLine> detailLines(const FlowRun &run);

/// The details of a run as label and value.
class RunDetails : public QWidget
{
    Q_OBJECT
public:
    explicit RunDetails(QWidget *parent = nullptr);

    void setRun(const FlowRun &run);

signals:
    void deploymentOpened(fd::RowId deployment);
    void runOpened(fd::RowId run);

private:
    [[nodiscard]] QWidget *valueWidget(const DetailLine &line);
    void follow(DetailLine::Link link, const QString &value);

    QGridLayout *m_grid;
    QList<DetailLine> m_lines;
    RowId m_deployment = 0;
    RowId m_parent = 0;
};

} // namespace fd
