// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>

class QVBoxLayout;

namespace fd {

class NavButton;
class Workspace;
class WorkspaceCard;

/// The left rail: workspace card, then the pages. 208 px wide, 52 folded.
class NavigationRail : public QWidget
{
    Q_OBJECT
public:
    explicit NavigationRail(Workspace &workspace, QWidget *parent = nullptr);

    void addEntry(const QString &id, const QString &iconName, const QString &title);
    /// A quiet count at the right of an entry; empty for none.
    void setCount(const QString &id, const QString &count);
    /// Marks the page that is shown; an unknown id marks none.
    void setCurrent(const QString &id);
    void setFolded(bool folded);
    [[nodiscard]] WorkspaceCard *card() const { return m_card; }
    [[nodiscard]] bool isFolded() const { return m_folded; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    /// The user chose an entry.
    void chosen(const QString &id);
    /// The user asks for the other workspaces.
    void workspaceClicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    WorkspaceCard *m_card;
    QVBoxLayout *m_entries;
    QHash<QString, NavButton *> m_buttons;
    bool m_folded = false;
};

} // namespace fd
