// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/workspacespage.h"

#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/icons.h"
#include "views/common/plaintext.h"
#include "views/common/questiondialog.h"
#include "views/common/uimemory.h"
#include "views/connections/connectionform.h"
#include "views/connections/testpanel.h"
#include "views/connections/workspaceinspector.h"
#include "views/connections/workspacemodel.h"
#include "views/connections/workspacetable.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace fd {
namespace {

constexpr int kTickMs = 1000;
const QString kColumnsKey = QStringLiteral("workspaces/columns");
const QString kSplitKey = QStringLiteral("workspaces/split");

} // namespace

WorkspacesPage::WorkspacesPage(WorkspaceBook &book, const OpenWorkspaces &open, ConnectionTest test, UiMemory &memory,
    Clock clock, QWidget *parent)
    : Page(parent), m_book(book), m_memory(memory), m_clock(std::move(clock)),
      m_model(new WorkspaceModel(book, open, m_clock, this)), m_table(new WorkspaceTable(*m_model, m_clock)),
      m_panel(new TestPanel(std::move(test), m_clock)), m_inspector(new WorkspaceInspector(this))
{
    m_header = makeHeader();
    m_inspector->hide();
    makeActions();
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_panel);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_panel->setBackgroundRole(QPalette::Base);
    m_panel->setAutoFillBackground(true);
    auto *split = new QSplitter(Qt::Vertical);
    split->addWidget(m_table);
    split->addWidget(scroll);
    split->setChildrenCollapsible(false);
    split->setSizes({320, 480});
    split->restoreState(m_memory.value(kSplitKey).toByteArray());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(split);
    m_table->restoreState(m_memory.value(kColumnsKey).toByteArray());
    setFocusProxy(m_table);

    connect(
        split, &QSplitter::splitterMoved, this, [this, split] { m_memory.setValue(kSplitKey, split->saveState()); });
    connect(m_table, &TableView::layoutEdited, this, [this] { m_memory.setValue(kColumnsKey, m_table->saveState()); });
    connect(m_table, &TableView::opened, this, [this] { emit switchRequested(m_table->currentId(), false); });
    connect(m_table, &TableView::openedInNewWindow, this,
        [this](const QModelIndex &index) { emit switchRequested(m_model->rowAt(index.row()).entry.id, true); });
    connect(m_table, &TableView::spacePressed, this, [this] { emit inspectorRequested(!m_inspector->isVisible()); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &WorkspacesPage::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &WorkspacesPage::updateSelection);
    connect(m_model, &WorkspaceModel::entryChanged, this, [this](const QString &entryId) {
        if (entryId == m_table->currentId())
            updateSelection();
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &WorkspacesPage::updateCount);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, [this] {
        updateCount();
        updateSelection();
    });
    connect(m_panel, &TestPanel::againRequested, this, [this] { this->test(false); });
    connect(m_panel, &TestPanel::finished, this, &WorkspacesPage::take);
    connect(m_panel, &TestPanel::addressChosen, this, [this](const QUrl &url) {
        m_inspector->form()->setAddress(url);
        emit inspectorRequested(true);
        this->test(true);
    });
    connect(m_inspector, &WorkspaceInspector::entryEdited, this,
        [this](const WorkspaceEntry &entry) { m_book.update(entry); });
    connect(m_inspector, &WorkspaceInspector::saveRequested, this, [this] { this->test(true); });
    connect(m_inspector, &WorkspaceInspector::saveAnywayRequested, this,
        [this] { withConnection([this](const ConnectionSettings &settings) { save(settings); }); });
    // Only what was tested is saved.
    connect(m_inspector->form(), &ConnectionForm::edited, this, [this] { m_saveAfter = false; });
    connect(m_inspector, &WorkspaceInspector::clearCopyRequested, this, &WorkspacesPage::askToClear);
    connect(m_inspector, &WorkspaceInspector::forgetRequested, this, &WorkspacesPage::askToForget);
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, m_model, &WorkspaceModel::tick);
    updateCount();
    updateSelection();
}

QWidget *WorkspacesPage::makeHeader()
{
    auto *header = new QWidget(this);
    header->hide();
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kGap);
    auto *title = new TextLabel(tr("Workspaces"), TextRole::PageTitle);
    title->setObjectName(QStringLiteral("page-title"));
    m_count = new TextLabel({}, TextRole::Quiet, Tone::Text3);
    m_count->setObjectName(QStringLiteral("page-counts"));
    QPushButton *import
        = pushButton(tr("Import Prefect profiles…"), ButtonRole::Plain, QStringLiteral("document-import"));
    QPushButton *add = pushButton(tr("Connect…"), ButtonRole::Primary);
    import->setObjectName(QStringLiteral("import-profiles"));
    add->setObjectName(QStringLiteral("connect"));
    row->addWidget(title);
    row->addWidget(m_count);
    row->addStretch();
    row->addWidget(import);
    row->addWidget(add);
    connect(import, &QPushButton::clicked, this, &WorkspacesPage::importRequested);
    connect(add, &QPushButton::clicked, this, &WorkspacesPage::connectRequested);
    return header;
}

QAction *WorkspacesPage::addPageAction(
    const QString &text, const QString &icon, const QString &tip, const QKeySequence &keys)
{
    auto *action = new QAction(text, this);
    action->setStatusTip(tip);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setProperty("fd-icon", icon);
    m_table->addAction(action);
    return action;
}

void WorkspacesPage::makeActions()
{
    m_switch = addPageAction(tr("&Switch to it"), {}, tr("Shows the workspace in this window"), {});
    m_newWindow = addPageAction(
        tr("Open in &new window"), QStringLiteral("window-new"), tr("Shows the workspace in a second window"), {});
    m_rename = addPageAction(tr("&Rename"), {}, tr("Goes to the workspace's name"), QKeySequence(Qt::Key_F2));
    m_test = addPageAction(tr("&Test connection"), QStringLiteral("network-connect"),
        tr("Finds out whether the server answers, and why not"), QKeySequence(tr("Ctrl+Return")));
    m_test->setShortcuts({QKeySequence(tr("Ctrl+Return")), QKeySequence(tr("Ctrl+Enter"))});
    m_copy = addPageAction(
        tr("&Copy address"), QStringLiteral("edit-copy"), tr("Copies the API address or file"), QKeySequence::Copy);
    m_clear = addPageAction(tr("C&lear copy…"), {}, tr("Deletes what is kept here of the server, after asking"), {});
    m_forget = addPageAction(tr("&Forget…"), QStringLiteral("edit-delete"),
        tr("Removes the workspace from this list, after asking"), QKeySequence(Qt::Key_Delete));
    connect(m_switch, &QAction::triggered, this, [this] { emit switchRequested(m_table->currentId(), false); });
    connect(m_newWindow, &QAction::triggered, this, [this] { emit switchRequested(m_table->currentId(), true); });
    connect(m_rename, &QAction::triggered, this, [this] {
        emit inspectorRequested(true);
        m_inspector->rename();
    });
    connect(m_test, &QAction::triggered, this, [this] { test(false); });
    connect(m_copy, &QAction::triggered, this, &WorkspacesPage::copyAddress);
    connect(m_clear, &QAction::triggered, this, &WorkspacesPage::askToClear);
    connect(m_forget, &QAction::triggered, this, &WorkspacesPage::askToForget);
}

QList<QAction *> WorkspacesPage::menuActions(MenuId menu) const
{
    if (menu == MenuId::File)
        return {m_switch, m_newWindow, m_test, nullptr, m_clear, m_forget};
    if (menu == MenuId::Edit)
        return {m_rename, m_copy};
    return {};
}

QString WorkspacesPage::statusText() const
{
    int open = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        open += readinessOf(m_model->rowAt(row)) == Readiness::Ready ? 1 : 0;
    return tr("%1 of %2 connected").arg(format::count(open), format::count(m_model->rowCount()));
}

QWidget *WorkspacesPage::inspector() { return m_inspector; }

void WorkspacesPage::activate(const Destination &)
{
    m_tick.start();
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->selectId(m_model->rowAt(0).entry.id);
}

void WorkspacesPage::deactivate() { m_tick.stop(); }

void WorkspacesPage::select(const QString &entryId) { m_table->selectId(entryId); }

const WorkspaceRow *WorkspacesPage::current() const
{
    const int row = m_model->rowOf(m_table->currentId());
    return row < 0 ? nullptr : &m_model->rowAt(row);
}

void WorkspacesPage::updateCount()
{
    m_count->setText(format::count(m_model->rowCount()));
    emit statusChanged();
}

void WorkspacesPage::updateSelection()
{
    const WorkspaceRow *row = current();
    const bool isServer = row != nullptr && row->entry.isServer;
    for (QAction *action : {m_switch, m_newWindow, m_rename, m_copy, m_forget})
        action->setEnabled(row != nullptr);
    for (QAction *action : {m_test, m_clear})
        action->setEnabled(isServer);
    m_panel->setVisible(isServer);
    m_inspector->showRow(row == nullptr ? std::nullopt : std::optional(*row),
        row == nullptr ? SecretsKept::None : m_book.secretsKept(row->entry.id));
    const QString id = row == nullptr ? QString() : row->entry.id;
    if (id != m_tested) {
        m_tested = id;
        m_saveAfter = false;
        m_panel->reset(row == nullptr ? QString() : row->entry.name);
    }
    emit statusChanged();
}

void WorkspacesPage::showMenu(QPoint position)
{
    if (current() == nullptr)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : {m_switch, m_newWindow, m_rename, m_test, m_copy, m_clear, m_forget}) {
        if (const QString icon = action->property("fd-icon").toString(); !icon.isEmpty())
            action->setIcon(icons::named(icon));
        menu->addAction(action);
    }
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void WorkspacesPage::withConnection(const std::function<void(const ConnectionSettings &)> &use)
{
    const QString id = m_table->currentId();
    QCoro::connect(m_book.connectionOf(id), this, [this, id, use](const Result<ConnectionSettings> &known) {
        // Another row may be the current one by now.
        if (id != m_table->currentId())
            return;
        if (!known) {
            m_saveAfter = false;
            m_panel->showFailure(known.error());
            return;
        }
        use(m_inspector->form()->connection(*known));
    });
}

void WorkspacesPage::test(bool saveAfter)
{
    const WorkspaceRow *row = current();
    if (row == nullptr || !row->entry.isServer)
        return;
    const QString problem = m_inspector->form()->problem();
    m_inspector->form()->showProblem(problem);
    if (!problem.isEmpty()) {
        emit inspectorRequested(true);
        m_inspector->form()->setFocus();
        return;
    }
    m_saveAfter = saveAfter;
    withConnection([this](const ConnectionSettings &settings) {
        m_settings = settings;
        m_panel->run(settings);
    });
}

void WorkspacesPage::take(const Diagnosis &diagnosis)
{
    if (!m_saveAfter)
        return;
    m_saveAfter = false;
    if (diagnosis.error)
        m_inspector->offerToSave(true);
    else
        save(m_settings);
}

void WorkspacesPage::save(const ConnectionSettings &settings)
{
    const QString id = m_table->currentId();
    std::optional<WorkspaceEntry> entry = m_book.find(id);
    if (!entry)
        return;
    entry->connection = settings;
    m_book.update(*entry);
    QCoro::connect(m_book.keepSecrets(id, settings), this, [this, id](SecretsKept kept) {
        if (id == m_table->currentId()) {
            updateSelection();
            m_inspector->connectionSaved();
        }
        if (kept == SecretsKept::ThisSessionOnly)
            emit message({.notice = Notice::Look,
                .title = tr("The key is kept for this session only"),
                .detail = tr("No keychain took it. It has to be typed again after the next start."),
                .actions = {},
                .shownAt = {}});
        emit connectionEdited(id);
    });
}

void WorkspacesPage::askToClear()
{
    const WorkspaceRow *row = current();
    if (row == nullptr || !row->entry.isServer)
        return;
    auto *dialog = new QuestionDialog(
        {.title = tr("Clear the copy of %1?").arg(oneLine(row->entry.name)),
            .paragraphs = {tr("What is kept here, %1, is deleted and read from the server again. Until then there is "
                              "nothing to browse offline.")
                               .arg(format::bytes(keptBytes(row->entry.storePath))),
                tr("Nothing changes on the server.")},
            .button = tr("Clear copy"),
            .role = ButtonRole::Destructive},
        this);
    connect(dialog, &QDialog::accepted, this, [this, id = row->entry.id] { emit clearCopyRequested(id); });
    dialog->open();
}

void WorkspacesPage::askToForget()
{
    const WorkspaceRow *row = current();
    if (row == nullptr)
        return;
    QStringList follows;
    if (row->entry.isServer) {
        follows += tr("Its settings and what is kept here, %1, are deleted.")
                       .arg(format::bytes(keptBytes(row->entry.storePath)));
        if (m_book.secretsKept(row->entry.id) != SecretsKept::None)
            follows += tr("Its key is deleted from where it is kept.");
        follows += tr("Nothing changes on the server.");
    } else {
        follows += tr("It leaves this list. Its file stays: %1").arg(oneLine(row->entry.storePath));
    }
    auto *dialog = new QuestionDialog({.title = tr("Forget %1?").arg(oneLine(row->entry.name)),
                                          .paragraphs = follows,
                                          .button = tr("Forget workspace"),
                                          .role = ButtonRole::Destructive},
        this);
    connect(dialog, &QDialog::accepted, this, [this, id = row->entry.id] { emit forgetRequested(id); });
    dialog->open();
}

void WorkspacesPage::copyAddress()
{
    if (const WorkspaceRow *row = current())
        QGuiApplication::clipboard()->setText(
            row->entry.isServer ? row->entry.connection.apiUrl.toDisplayString() : row->entry.storePath);
}

} // namespace fd
