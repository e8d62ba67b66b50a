// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>

#include <functional>

class QLabel;
class QLineEdit;
class QListView;

namespace fd {

class PaletteModel;

/// One line of the command palette.
struct PaletteItem {
    QString group;
    QString iconName;
    QString title;
    /// Quiet text behind the title.
    QString detail;
    QString keys;
    /// Does what the line says; with Ctrl in a new window where that has a meaning.
    std::function<void(bool newWindow)> act;
};

/// Lists what fits a text, and calls `show` with it: at once for what is known, again when more was found.
/// `show` may be called after the palette has gone.
using PaletteSource = std::function<void(const QString &text, std::function<void(QList<PaletteItem>)> show)>;

/// Ctrl+K: type, choose, Enter. Groups in the order of the items.
class CommandPalette : public QFrame
{
    Q_OBJECT
public:
    /// `scope` says what is searched ("in warehouse-prod").
    CommandPalette(PaletteSource source, const QString &scope, QWidget *window);

    /// Shows it over the window, ready to type.
    void popup();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search();
    void step(int by);
    void choose(bool newWindow);

    PaletteSource m_source;
    QWidget *m_window;
    QLineEdit *m_text;
    QListView *m_list;
    QLabel *m_nothing;
    PaletteModel *m_model;
    /// Answers to an older text are dropped.
    int m_asked = 0;
};

} // namespace fd
