// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace fd {

class Workspace;
struct EngineStatus;

/// "runs flows here", "another Flowdeck runs the flows", "stopped", "failed": one quiet line about the engine.
[[nodiscard]] QString engineLine(const EngineStatus &status);

/// The top of the rail: the workspace's colour, its name, and who runs its flows. A click tells the details.
class WorkspaceCard : public QAbstractButton
{
    Q_OBJECT
public:
    explicit WorkspaceCard(Workspace &workspace, QWidget *parent = nullptr);

    void setFolded(bool folded);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void showStatus(const EngineStatus &status);
    void paintText(QPainter &painter) const;

    Workspace &m_workspace;
    QString m_line;
    bool m_alarming = false;
    bool m_folded = false;
};

} // namespace fd
