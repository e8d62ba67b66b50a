// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/workspacebook.h"

#include <QAbstractButton>
#include <QTimer>

#include <optional>

namespace fd {

class Workspace;

/// The top of the rail: the workspace's colour, its name, how it is protected, and its engine or its server with the
/// data's age. A click opens the switcher.
class WorkspaceCard : public QAbstractButton
{
    Q_OBJECT
public:
    explicit WorkspaceCard(Workspace &workspace, QWidget *parent = nullptr);

    /// Shows another workspace; without an entry it is a file that nobody keeps in a list.
    void setWorkspace(Workspace &workspace, const std::optional<WorkspaceEntry> &entry);
    void setFolded(bool folded);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void showStatus();
    void paintText(QPainter &painter) const;
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString protectionWord() const;

    Workspace *m_workspace = nullptr;
    std::optional<WorkspaceEntry> m_entry;
    QTimer m_tick;
    QString m_line;
    bool m_alarming = false;
    bool m_folded = false;
};

} // namespace fd
