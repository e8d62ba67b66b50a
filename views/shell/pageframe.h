// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QStackedLayout;
class QToolButton;

namespace fd {

class Page;

/// The middle of the window: Back, Forward, the page's own header and the inspector button in one row; below it the
/// page.
class PageFrame : public QWidget
{
    Q_OBJECT
public:
    PageFrame(QAction *back, QAction *forward, QAction *inspector, QWidget *parent = nullptr);

    /// Shows a page; takes it in when it is new.
    void setPage(Page *page);
    /// Lets go of all pages, which are gone, and deletes their headers.
    void clear();
    /// The row above the page.
    [[nodiscard]] QWidget *header() const { return m_header; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyHeight();

    QWidget *m_header;
    QStackedLayout *m_headers;
    QStackedLayout *m_pages;
};

} // namespace fd
