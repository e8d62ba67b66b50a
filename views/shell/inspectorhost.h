// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

class QSplitter;
class QStackedLayout;

namespace fd {

/// Where pages' inspectors stand: right of the list in a splitter, or over the list's right part in a small window.
class InspectorHost : public QWidget
{
    Q_OBJECT
public:
    /// `over` is what it covers in a small window.
    InspectorHost(QSplitter *splitter, QWidget *over);

    /// Shows a page's inspector; null shows none. Pages keep owning theirs.
    void setContent(QWidget *content);
    [[nodiscard]] QWidget *content() const;
    /// Deletes what it holds, after the pages that owned it.
    void clear();
    /// Over the list instead of beside it.
    void setFloating(bool floating);
    [[nodiscard]] bool isFloating() const { return m_floating; }
    /// How far from the top of the list it begins while floating: below the header row.
    void setTopOffset(int offset);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// Esc was pressed in it while it covers the list.
    void closeRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void place();

    QSplitter *m_splitter;
    QPointer<QWidget> m_over;
    QStackedLayout *m_stack;
    int m_topOffset = 0;
    int m_dockedWidth = 0;
    bool m_floating = false;
};

} // namespace fd
